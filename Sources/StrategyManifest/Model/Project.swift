import SourceText
import YAMLSyntax

/// An entry of `projects`: a folder with one Compose project.
package struct Project: Sendable {
    package let name: Name
    /// Relative to the manifest's folder; the project's key unless stated.
    package var path: Spanned<String>
    package var description: Spanned<String>?
    package var containerName: Template?
    /// Given to each service that states no `profiles` of its own; nil when the project states none.
    package var profiles: [Template]?
    package var services: [Service] = []
    /// What of other projects must run before this one starts.
    package var after: [StartTarget] = []
    /// Whether all of `services` could be read; where not, a service that is not among them may still be declared.
    package var hasAllServices = false
    /// `networks`, `volumes`, `configs`, `secrets`, `models` and `x-` keys, in their order: copied through.
    package var sections: [(key: NodeID, value: NodeID)] = []

    package init(name: Name, path: Spanned<String>) {
        self.name = name
        self.path = path
    }
}

/// What must run before a project starts: another project, or one of its services.
package struct StartTarget: Sendable {
    package let project: Name
    /// Nil where the whole project must run.
    package let service: Name?

    package init(project: Name, service: Name?) {
        self.project = project
        self.service = service
    }
}

/// An entry of a project's `services`: one container mapping.
package struct Service: Sendable {
    package let name: Name
    /// The body as written; null when it is empty.
    package let body: NodeID
    /// The image that it runs: the body's `image`, or the service's own name.
    package let image: Name
    /// Whether the body states `image`.
    package let statesImage: Bool
    /// False when the body or its `image` could not be read, which has been told: `image` is then a guess.
    package let isImageKnown: Bool

    package init(name: Name, body: NodeID, image: Name, statesImage: Bool, isImageKnown: Bool) {
        self.name = name
        self.body = body
        self.image = image
        self.statesImage = statesImage
        self.isImageKnown = isImageKnown
    }
}
