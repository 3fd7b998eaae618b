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
    /// Which of the variants this is seen from: its builds are those of `manifest.images`, and of what follows.
    package private(set) var home = 0
    package private(set) var graph = BuildGraph()
    /// The images and their graph as development builds them.
    private var development: (images: [Image], graph: BuildGraph) = ([], BuildGraph())
    /// The symbols of the keys of published ports.
    package let portKeys: PortMapping.Keys
    /// The symbols of the keys of mounts.
    package let mountKeys: ServiceMount.Keys
    /// The symbols of the keys that Bayplan itself reads in a service.
    package let keys: ServiceKeys
    /// The symbols of the keys of networks and volumes.
    package let resourceKeys: EngineResource.Keys
    /// By variant and project, what must run before the project starts; a variant without any has no projects here.
    package private(set) var startNeeds: [[[StartNeed]]] = []
    /// For each image, the index of its owner: asked for at every turn.
    private let owners: [Int?]

    package init(of manifest: consuming Manifest) {
        // Moved, not copied: a tree that two hold is copied whole when the first merged node is added.
        self.manifest = consume manifest
        let projects = self.manifest.projectIndex
        owners = self.manifest.images.map { $0.owner.flatMap { projects[$0.symbol] } }
        keys = ServiceKeys(&self.manifest.tree.symbols)
        portKeys = PortMapping.Keys(&self.manifest.tree.symbols)
        mountKeys = ServiceMount.Keys(&self.manifest.tree.symbols)
        resourceKeys = EngineResource.Keys(&self.manifest.tree.symbols)
        settleTags()
        resolveVariants()
        startNeeds = allStartNeeds()
        graph = buildGraph(of: 0)
        development = (self.manifest.images, graph)
        for index in variants.indices.dropFirst() where hasOwnGraph(variants[index]) {
            variants[index].graph = seen(from: index).buildGraph(of: index)
        }
    }

    /// The same with the builds of one variant in the place of development's.
    package func seen(from variant: Int) -> Resolution {
        var copy = self
        copy.home = variant
        copy.manifest.images = images(of: variant)
        copy.graph = graph(of: variant)
        return copy
    }

    /// Gives images other builds, in development and in every environment; nil leaves one as it is.
    package mutating func changeBuilds(_ change: (ComposeBuild, inout Tree) -> ComposeBuild?) {
        func changed(_ images: [Image], _ tree: inout Tree) -> [Image] {
            var images = images
            for index in images.indices {
                guard let build = images[index].build, let other = change(build, &tree) else { continue }
                images[index] = images[index].built(as: other)
            }
            return images
        }
        manifest.images = changed(manifest.images, &manifest.tree)
        development.images = changed(development.images, &manifest.tree)
        for index in variants.indices {
            variants[index].images = variants[index].images.map { changed($0, &manifest.tree) }
        }
    }

    /// What the manifest says of the environment of a variant; nil for development.
    package func environment(of variant: Int) -> Environment? {
        variants[variant].environment.map { manifest.environments[$0] }
    }

    /// Whether a variant has development's builds, each on the same bases.
    package func buildsAsDevelopment(_ variant: Int) -> Bool {
        variants[variant].images == nil && variants[variant].graph == nil
    }

    /// What is built before what in a variant.
    package func graph(of variant: Int) -> BuildGraph { variants[variant].graph ?? development.graph }

    /// The images as a variant builds them.
    package func images(of variant: Int) -> [Image] { variants[variant].images ?? development.images }

    /// The built images that each image stands on.
    package var needs: [[Need]] { graph.needs }
    /// For each image and each of its build's `contexts`, the built image that the context stands for.
    package var contextImages: [[Int?]] { graph.contextImages }
    /// For each project with such builds, the services that builds of its images take as contexts.
    package var contextServices: [Int: Set<Symbol>] { graph.contextServices }
    /// What each image is called in the variant that this is seen from.
    package var references: [ImageReference] { variants[home].references }

    /// The places of development and of a variant, once if they are one.
    package static func developmentAnd(_ variant: Int) -> [Int] { variant == 0 ? [0] : [0, variant] }

    /// The image with a name.
    package func image(_ name: Name) -> Int? { manifest.imageIndex[name.symbol] }

    /// The name of the project that owns an image, or nil for a pulled image or an unknown project.
    package func owner(of image: Int) -> Int? { owners[image] }
}

/// The whole output for development or for one environment.
package struct Variant: Sendable {
    /// The index of the environment; nil for development.
    package let environment: Int?
    /// For each image, what `image:` says here.
    package let references: [ImageReference]
    /// The images as they are built here; nil where they are built as in development.
    package internal(set) var images: [Image]?
    /// What is built before what; nil where it is as in development.
    package internal(set) var graph: BuildGraph?
    /// What Swarm has otherwise; nothing where Compose runs it.
    package internal(set) var swarmTurns: [SwarmTurn] = []
    /// In the manifest's order.
    package var projects: [ResolvedProject] = []
}

/// One project in one variant.
package struct ResolvedProject: Sendable {
    /// The project's index.
    package let project: Int
    /// The template of its container names here.
    package let template: Template
    /// The templates of the profiles of services that state none; nil for none.
    package let profiles: [Template]?
    /// `networks`, `volumes` and the like as they are here.
    package let sections: [(key: NodeID, value: NodeID)]
    /// Without the services that the environment removes, and with those that it adds behind the project's.
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
