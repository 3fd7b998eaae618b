import Resolution
import StrategyManifest
import YAMLSyntax

/// One project's Compose file, decided.
package struct PlannedProject: Sendable {
    /// The index of the project.
    package let project: Int
    package let services: [PlannedService]

    init(_ resolved: ResolvedProject, in variant: Variant, references: [String], _ resolution: Resolution) {
        project = resolved.project
        let environment = variant.environment.map { resolution.manifest.environments[$0] }
        let builders = Self.builders(resolved, resolution)
        services = resolved.services.enumerated().map { index, service in
            PlannedService(
                service, in: resolved, reference: service.image.map { references[$0] } ?? "",
                isBuilder: environment?.keepsBuild ?? true && builders.contains(index),
                hasRegistry: service.image.map { variant.references[$0].domain != nil } ?? false, resolution)
        }
    }

    /// The services that carry their image's `build`: one for each image that the project owns, the one named like the
    /// image or else the first, because two services that export one tag race (specification 2, "What a service
    /// becomes", 3).
    private static func builders(_ resolved: ResolvedProject, _ resolution: Resolution) -> Set<Int> {
        var chosen: [Int: Int] = [:]
        for (index, service) in resolved.services.enumerated() {
            guard let image = service.image, resolution.owner(of: image) == resolved.project else { continue }
            let isNamesake = service.name.symbol == resolution.manifest.images[image].name.symbol
            if chosen[image] == nil || isNamesake { chosen[image] = index }
        }
        return Set(chosen.values)
    }
}

/// One service of a Compose file, decided.
package struct PlannedService: Sendable {
    package let name: Symbol
    /// The index of its image.
    package let image: Int
    /// What `image:` says.
    package let reference: String
    /// The Compose `build`, when the service carries it.
    package let build: NodeID?
    /// What `container_name:` says; nil when Compose chooses.
    package let containerName: Symbol?
    /// The profiles that the project's templates give; nil when the body states its own or there are none.
    package let profiles: [String]?
    /// The body's own profiles.
    package let statedProfiles: NodeID?
    /// The body's own pull policy.
    package let statedPullPolicy: NodeID?
    /// Whether `pull_policy: never` is added (specification 2, "What a service becomes", 6).
    package let neverPulls: Bool
    /// The merged body, out of which the keys above are left.
    package let body: NodeID

    init(
        _ service: ResolvedService, in project: ResolvedProject, reference: String, isBuilder: Bool, hasRegistry: Bool,
        _ resolution: Resolution
    ) {
        let manifest = resolution.manifest
        name = service.name.symbol
        // A checked manifest has no service without an image.
        image = service.image ?? 0
        self.reference = reference
        let declared = manifest.images[image]
        build = isBuilder ? declared.build : nil
        containerName = service.containerName.symbol
        statedProfiles = service.profiles
        statedPullPolicy = service.pullPolicy
        neverPulls = service.pullPolicy == nil && declared.build != nil && !hasRegistry
        body = service.body
        let owning = manifest.projects[project.project]
        if service.profiles == nil, let templates = owning.profiles, !templates.isEmpty {
            let projectName = manifest.text(owning.name)
            let owner = declared.owner.map { manifest.text($0) } ?? projectName
            var names: [String] = []
            for template in templates {
                let name = template.expanded(
                    project: projectName, service: manifest.text(service.name),
                    image: manifest.text(declared.name), owner: owner)
                if !names.contains(name) { names.append(name) }
            }
            profiles = names
        } else {
            profiles = nil
        }
    }
}
