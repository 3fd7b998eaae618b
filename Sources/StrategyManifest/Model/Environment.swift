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
        /// The platforms that releases are built for here; nil for those of the image.
        package var platforms: [Spanned<String>]?
        /// Merged over the image's `build`.
        package var build: NodeID?
        /// Merged over the image's `service`.
        package var service: NodeID?
    }

    /// What an environment says of one project.
    package struct ProjectOverride: Sendable {
        package let name: Name
        package var containerName: Template?
        /// Instead of the project's; nil for those.
        package var profiles: [Template]?
        /// Bodies merged last; null removes a service of the project, and `!reset` any; others are added.
        package var services: [(name: Name, body: NodeID)] = []
        /// Merged over the project's: `networks`, `volumes`, `configs`, `secrets`, `models`.
        package var sections: [(key: NodeID, value: NodeID)] = []
    }

    /// What is made beside the images that are released here: how they came about, and what they hold.
    package struct Attestations: Sendable {
        /// `max`, `mode=max` or a switch, as Compose's `build.provenance` has it.
        package var provenance: Spanned<String>?
        /// A switch, or `generator=IMAGE`, as Compose's `build.sbom` has it.
        package var sbom: Spanned<String>?

        package var isEmpty: Bool { provenance == nil && sbom == nil }
    }

    package let name: Name
    /// Prefix of every built image's reference.
    package var registry: Spanned<String>?
    /// Tag of every built image; may interpolate.
    package var tag: Spanned<String>?
    /// Whether owners keep their `build`; nil: only without a registry.
    package var build: Bool?
    /// Whether Swarm runs it, whose files are stacks, and not Compose.
    package var isSwarm = false
    /// Whether only references and builds are inherited here, and no service, network or volume.
    package var isComplete = false
    /// The repository below which each image has one of its own, where the layers of builds are kept.
    package var cache: Spanned<String>?
    package var attestations = Attestations()
    package var images: [ImageOverride] = []
    package var defaultService: NodeID?
    package var projects: [ProjectOverride] = []

    package init(name: Name) { self.name = name }

    /// Whether owners keep their `build` here.
    package var keepsBuild: Bool { !isSwarm && build ?? (registry == nil) }

    /// Whether builds are asked here for what development's are not, though they make the same.
    package var asksMoreOfBuilds: Bool { cache != nil || !attestations.isEmpty }
}
