import ComposeSpec
import Resolution
import Rules
import SourceText
import StrategyManifest
import YAMLSyntax

/// What will be emitted, decided: services with everything that `image`, `build`, `container_name`, `profiles` and
/// `pull_policy` say, and the builds in their order.
///
/// A plan is made only from a checked manifest and holds plain values. How a file looks belongs to `Emission`.
package struct Plan: Sendable {
    package internal(set) var resolution: Resolution
    /// The distinct builds in build order.
    package internal(set) var builds: [Build]
    /// For each image, the index in `builds` of the build that makes it; nil for a pulled image.
    package internal(set) var buildOfImage: [Int?]
    /// Where the layers of these builds are kept; nil where nowhere.
    let cache: CacheRepository?
    /// Development's builds, without their order: every environment has them that builds nothing otherwise.
    private var groups: BuildGroups
    /// Development first, then the environments.
    package internal(set) var variants: [PlannedVariant]
    /// What the names carry; nil for the names that there are while the variable is unset.
    package internal(set) var instances: Instances?

    package init(_ checked: consuming CheckedManifest) {
        let resolution = checked.resolution
        self.resolution = resolution
        cache = nil
        groups = BuildGroups(resolution)
        (builds, buildOfImage) = BuildOrder(resolution, groups).planned()
        variants = resolution.variants.indices.map { PlannedVariant($0, resolution.seen(from: $0)) }
        references = resolution.buildReferences(nil)
    }

    private init(_ plan: Plan, seenFrom variant: Int) {
        let resolution = plan.resolution.seen(from: variant)
        self.resolution = resolution
        variants = plan.variants
        instances = plan.instances
        references = resolution.buildReferences(instances)
        cache = resolution.environment(of: variant)?.cache.map { CacheRepository($0.value) }
        groups = plan.groups
        (builds, buildOfImage) = Self.planned(resolution, groups)
    }

    /// The builds of the variant that a resolution is seen from, in their order.
    ///
    /// - Parameter groups: development's.
    private static func planned(_ resolution: Resolution, _ groups: BuildGroups) -> ([Build], [Int?]) {
        let isAlike = resolution.buildsAsDevelopment(resolution.home)
        return BuildOrder(resolution, isAlike ? groups : BuildGroups(resolution)).planned()
    }

    /// The same with the builds of one variant, which can be others, in the place of development's.
    package func seen(from variant: Int) -> Plan { variant == resolution.home ? self : Plan(self, seenFrom: variant) }

    /// The variant whose builds these are.
    package var home: PlannedVariant { variants[resolution.home] }
    /// For each image, what its build is tagged with in the variant whose builds these are: a digest pins what runs, and
    /// is known only of what has been pushed.
    package internal(set) var references: [String]

    /// Takes the builds and their references anew from the resolution, for names that carry the instance.
    mutating func carryReferences() {
        groups = BuildGroups(resolution.seen(from: 0))
        (builds, buildOfImage) = Self.planned(resolution, groups)
        references = resolution.buildReferences(instances)
    }

    // Lent, not copied: a copy of a tree counts references to each of its arrays. Whoever asks for each image or project
    // in turn asks the resolution, whose parts are at hand.
    package var manifest: Manifest { _read { yield resolution.manifest } }
    package var tree: Tree { _read { yield resolution.manifest.tree } }

    /// The workspace's name, or the word `workspace`.
    package var workspaceName: String { manifest.name?.value ?? "workspace" }

    /// The `secrets` of a project that its builds take theirs from: in the variant whose builds these are, or where that
    /// has none because it inherits no more than builds, the project's own.
    package func secrets(of project: Int) -> (key: NodeID, value: NodeID)? {
        let sections = home.projects[project].sections + manifest.projects[project].sections
        return sections.first { tree.text($0.key) == "secrets" }
    }

    /// An image's name.
    package func imageName(_ image: Int) -> String {
        resolution.manifest.tree.text(resolution.manifest.images[image].name.symbol)
    }
    /// A project's name.
    package func projectName(_ project: Int) -> String {
        resolution.manifest.tree.text(resolution.manifest.projects[project].name.symbol)
    }
    /// A project's folder, as the manifest states it.
    package func projectPath(_ project: Int) -> String { resolution.manifest.projects[project].path.value }
}

extension Resolution {
    /// The references without their digests, and with the instance where they carry it.
    fileprivate func buildReferences(_ instances: Instances?) -> [String] {
        references.enumerated().map { image, reference in
            var tagged = reference
            tagged.digest = nil
            guard let instances, carriesInstance(image, in: home) else { return tagged.text }
            return tagged.text + instances.suffix
        }
    }
}

/// One build: what it makes, and when.
package struct Build: Sendable {
    /// The images that it makes, in the manifest's order; more than one when their builds are identical.
    package let images: [Int]
    /// The index of the project in whose folder it is built.
    package let owner: Int
    package let build: ComposeBuild
    /// The builds that must be done before it, as indices of the plan's `builds`.
    package let bases: [Int]
    /// Counted from 1: every base is made in an earlier stage.
    package let stage: Int
}

/// The whole output for development or for one environment.
package struct PlannedVariant: Sendable {
    /// Its place in the plan's variants.
    package let index: Int
    /// The environment's name; nil for development.
    package let environment: String?
    /// Whether Swarm runs it, whose files are stacks.
    package let isSwarm: Bool
    /// For each image, what `image:` says here.
    package internal(set) var references: [String]
    package internal(set) var projects: [PlannedProject]
    /// What must run before what: a project's come after those of every project that it needs.
    package let starts: [PlannedStart]

    init(_ index: Int, _ resolution: Resolution) {
        self.index = index
        let variant = resolution.variants[index]
        environment = variant.environment.map { resolution.manifest.text(resolution.manifest.environments[$0].name) }
        isSwarm = variant.environment.map { resolution.manifest.environments[$0].isSwarm } ?? false
        let references = variant.references.map(\.text)
        self.references = references
        starts = Self.starts(resolution.startNeeds[index])
        projects = variant.projects.map { PlannedProject($0, in: variant, references: references, resolution) }
    }
}
