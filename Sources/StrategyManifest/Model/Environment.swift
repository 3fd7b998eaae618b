import SourceText
import YAMLSyntax

/// A named variant of the whole output.
package struct Environment: Sendable {
    /// What an environment says of one image.
    package struct ImageOverride: Sendable {
        package let name: Name
        package var tag: Spanned<String>?
        package var registry: Spanned<String>?
        package var digest: Spanned<String>?
    }

    /// What an environment says of one project.
    package struct ProjectOverride: Sendable {
        package let name: Name
        package var containerName: Template?
        /// Bodies merged last; null removes the service here.
        package var services: [(name: Name, body: NodeID)] = []
    }

    package let name: Name
    /// Prefix of every built image's reference.
    package var registry: Spanned<String>?
    /// Tag of every built image; may interpolate.
    package var tag: Spanned<String>?
    /// Whether owners keep their `build`; nil: only without a registry.
    package var build: Bool?
    package var images: [ImageOverride] = []
    package var defaultService: NodeID?
    package var projects: [ProjectOverride] = []

    package init(name: Name) { self.name = name }

    /// Whether owners keep their `build` here.
    package var keepsBuild: Bool { build ?? (registry == nil) }
}
