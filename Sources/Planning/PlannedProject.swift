import Resolution
import SourceText
import StrategyManifest
import YAMLSyntax

/// One project's Compose file, decided.
package struct PlannedProject: Sendable {
    /// The index of the project.
    package let project: Int
    package internal(set) var services: [PlannedService]
    /// `networks`, `volumes` and the like.
    package internal(set) var sections: [(key: NodeID, value: NodeID)]

    init(_ resolved: ResolvedProject, in variant: Variant, references: [String], _ resolution: Resolution) {
        project = resolved.project
        sections = resolved.sections
        let environment = variant.environment.map { resolution.manifest.environments[$0] }
        let builders = Self.builders(resolved, resolution)
        services = resolved.services.enumerated().map { index, service in
            PlannedService(
                service, in: resolved, reference: service.image.map { references[$0] } ?? "",
                isBuilder: environment?.keepsBuild ?? true && builders.contains(index),
                hasRegistry: service.image.map { variant.references[$0].domain != nil } ?? false,
                isSwarm: environment?.isSwarm ?? false, resolution)
        }
    }

    /// The services that carry their image's `build`.
    ///
    /// Two services that export one tag race, so that one of those that run an image has it: the one named like the
    /// image, else the first that runs without a profile, else the first. Whatever another build takes as `service:S`
    /// keeps its own, because Compose refuses such a context of a service without a build.
    private static func builders(_ resolved: ResolvedProject, _ resolution: Resolution) -> Set<Int> {
        let manifest = resolution.manifest
        let taken = resolution.contextServices[resolved.project] ?? []
        var chosen: [Int: (service: Int, rank: Int)] = [:]
        var builders: Set<Int> = []
        var isProvided: Set<Int> = []
        for (index, service) in resolved.services.enumerated() {
            guard let image = service.image, resolution.owner(of: image) == resolved.project else { continue }
            let isAlwaysOn = !hasProfiles(service, of: resolved, manifest)
            if taken.contains(service.name.symbol) {
                builders.insert(index)
                if isAlwaysOn { isProvided.insert(image) }
            }
            let isNamesake = service.name.symbol == manifest.images[image].name.symbol
            let rank = isNamesake ? 0 : isAlwaysOn ? 1 : 2
            if chosen[image].map({ rank < $0.rank }) ?? true { chosen[image] = (index, rank) }
        }
        for (image, (service, _)) in chosen where !isProvided.contains(image) { builders.insert(service) }
        return builders
    }

    /// Whether a service runs only with a profile.
    private static func hasProfiles(
        _ service: ResolvedService, of resolved: ResolvedProject, _ manifest: borrowing Manifest
    ) -> Bool {
        if let stated = service.profiles { return !manifest.tree.items(stated).isEmpty }
        return resolved.profiles.map { !$0.isEmpty } ?? false
    }
}

/// One service of a Compose file, decided.
package struct PlannedService: Sendable {
    package let name: Symbol
    /// The index of its image.
    package let image: Int
    /// What `image:` says.
    package internal(set) var reference: String
    /// Whether the service carries its image's `build`.
    package let carriesBuild: Bool
    /// What `container_name:` says; nil when Compose chooses.
    package internal(set) var containerName: Symbol?
    /// The profiles that the project's templates give; nil when the body states its own or there are none.
    package let profiles: [String]?
    /// The body's own profiles.
    package let statedProfiles: NodeID?
    /// The body's own pull policy.
    package let statedPullPolicy: NodeID?
    /// Whether `pull_policy: never` is added.
    package let neverPulls: Bool
    /// The images of the manifest that it mounts.
    package let mountedImages: [Int]
    /// The merged body, out of which the keys above are left.
    package internal(set) var body: NodeID

    init(
        _ service: ResolvedService, in project: ResolvedProject, reference: String, isBuilder: Bool, hasRegistry: Bool,
        isSwarm: Bool,
        _ resolution: Resolution
    ) {
        let manifest = resolution.manifest
        name = service.name.symbol
        // A checked manifest has no service without an image.
        image = service.image ?? 0
        self.reference = reference
        let declared = manifest.images[image]
        carriesBuild = isBuilder && declared.isBuilt
        containerName = service.containerName.symbol
        statedProfiles = service.profiles
        statedPullPolicy = service.pullPolicy
        neverPulls = service.pullPolicy == nil && declared.isBuilt && !hasRegistry && !isSwarm
        body = service.body
        mountedImages = service.mountedImages
        let owning = manifest.projects[project.project]
        if service.profiles == nil, let templates = project.profiles, !templates.isEmpty {
            let projectName = manifest.text(owning.name)
            let owner = declared.owner.map { manifest.text($0) } ?? projectName
            var names = Distinct<String>()
            for template in templates {
                let name = template.expanded(
                    project: projectName, service: manifest.text(service.name),
                    image: manifest.text(declared.name), owner: owner)
                names.add(name)
            }
            profiles = names.values
        } else {
            profiles = nil
        }
    }
}
