import SourceText
import StrategyManifest
import YAMLSyntax

extension Resolution {
    /// Makes of a variant what Swarm runs. The tree is copied once for all services.
    mutating func turnForSwarm(_ variant: inout Variant) {
        var turning = SwarmService(manifest.tree)
        for project in variant.projects.indices {
            let old = variant.projects[project]
            let sections = turning.turnedSections(old.sections)
            let services = old.services.map { service in
                ResolvedService(
                    name: service.name, image: service.image, imageName: service.imageName,
                    body: turning.turned(service.body), containerName: .chosenByCompose, profiles: nil,
                    pullPolicy: nil, mountedImages: service.mountedImages)
            }
            variant.projects[project] = ResolvedProject(
                project: old.project, template: old.template, profiles: nil, sections: sections, services: services)
        }
        variant.swarmTurns = turning.turns
        manifest.tree = turning.finish()
    }
}

extension SwarmService {
    private static let resources: [String: Set<String>] = [
        "networks": ["name", "driver", "driver_opts", "ipam", "external", "internal", "attachable", "labels"],
        "volumes": ["name", "driver", "driver_opts", "external", "labels"],
    ]

    /// What stands beside the services, as Swarm has it.
    mutating func turnedSections(_ sections: [(key: NodeID, value: NodeID)]) -> [(key: NodeID, value: NodeID)] {
        var turned: [(key: NodeID, value: NodeID)] = []
        for (key, value) in sections {
            let name = text(key)
            noteInterpolation(in: value)
            if name == "models" {
                note(key, .leftOut)
                continue
            }
            guard let keys = Self.resources[name] else {
                if name == "configs" || name == "secrets" { refuseTexts(in: value) }
                turned.append((key, value))
                continue
            }
            turned.append((key, mapValues(value) { this, _, entry in this.resource(entry, keys) }))
        }
        return turned
    }

    private mutating func resource(_ entry: NodeID, _ keys: Set<String>) -> NodeID {
        if let driver = value("driver", in: entry), text(driver) == "bridge" {
            refuse("driver: bridge", "Swarm's services join overlay networks", at: driver)
        }
        return kept(keys, of: entry)
    }

    private mutating func refuseTexts(in section: NodeID) {
        for key in ["content", "environment"] {
            for entry in values(of: section) {
                guard let stated = value(key, in: entry) else { continue }
                refuse(key, "Swarm takes a file, or what is `external`", at: stated)
            }
        }
    }
}
