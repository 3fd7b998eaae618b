import ComposeSpec
import SourceText
import StrategyManifest
import YAMLSyntax

/// What a manifest's declarations amount to: merged service bodies and final names, for development and every environment.
///
/// Rules and planning both stand on this, so that what is checked is what is emitted. Nothing here judges: a reference
/// to something unknown resolves to nil and a rule says so.
package struct Resolution: Sendable {
    /// The manifest; its tree also holds the merged bodies.
    package var manifest: Manifest
    /// Development first, then the environments in their order.
    package var variants: [Variant] = []
    /// For each image, the built images that must be built before it.
    package var needs: [[Need]] = []
    /// For each image and each of its build's `contexts`, the built image that the context stands for.
    package var contextImages: [[Int?]] = []
    /// For each project with such builds, the services that builds of its images take as contexts.
    package var contextServices: [Int: Set<Symbol>] = [:]
    /// The symbols of the keys of published ports.
    package let portKeys: PortMapping.Keys
    /// The symbols of the keys of mounts.
    package let mountKeys: ServiceMount.Keys
    /// The symbols of the keys that Bayplan itself reads in a service.
    package let keys: ServiceKeys

    package init(of manifest: consuming Manifest) {
        // Moved, not copied: a tree that two hold is copied whole when the first merged node is added.
        self.manifest = consume manifest
        keys = ServiceKeys(&self.manifest.tree.symbols)
        portKeys = PortMapping.Keys(&self.manifest.tree.symbols)
        mountKeys = ServiceMount.Keys(&self.manifest.tree.symbols)
        resolveVariants()
        resolveNeeds()
    }

    /// The image with a name.
    package func image(_ name: Name) -> Int? { manifest.imageIndex[name.symbol] }

    /// The name of the project that owns an image, or nil for a pulled image or an unknown project.
    package func owner(of image: Int) -> Int? {
        manifest.images[image].owner.flatMap { manifest.projectIndex[$0.symbol] }
    }
}

/// The whole output for development or for one environment.
package struct Variant: Sendable {
    /// The index of the environment; nil for development.
    package let environment: Int?
    /// For each image, what `image:` says here.
    package let references: [ImageReference]
    /// In the manifest's order.
    package var projects: [ResolvedProject] = []
}

/// One project in one variant.
package struct ResolvedProject: Sendable {
    /// The project's index.
    package let project: Int
    /// The template of its container names here.
    package let template: Template
    /// Without the services that the environment removes.
    package var services: [ResolvedService] = []
}

/// One service in one variant.
package struct ResolvedService: Sendable {
    /// Where a container name comes from.
    package enum ContainerName: Sendable {
        /// From the template: the name.
        case template(Symbol)
        /// From a body: the name and where it is written.
        case literal(Symbol, Span)
        /// Compose chooses, because a body says `null` or asks for replicas, or
        /// because the template could not be read.
        case chosenByCompose

        package var symbol: Symbol? {
            switch self {
            case .template(let name), .literal(let name, _): name
            case .chosenByCompose: nil
            }
        }
    }

    package let name: Name
    /// The index of the image that it runs; nil when there is no image of that name.
    package let image: Int?
    /// The image's name where it was stated.
    package let imageName: Name
    /// The merged body; the node of the body itself where nothing else lies under or over it.
    package let body: NodeID
    package let containerName: ContainerName
    /// The bodies' own `profiles`; nil when the project's template applies.
    package let profiles: NodeID?
    /// The bodies' own `pull_policy`.
    package let pullPolicy: NodeID?
    /// The images of the manifest that it mounts by `type: image`.
    package let mountedImages: [Int]
}
