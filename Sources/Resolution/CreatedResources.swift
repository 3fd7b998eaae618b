import ComposeSpec
import StrategyManifest
import YAMLSyntax

/// The networks and volumes that the projects of a variant create, by the engine's names.
package struct CreatedResources: Sendable {
    /// The kind of a resource, by the key of its section, and the engine's name.
    struct Identity: Hashable {
        let section: Symbol
        let name: String
    }

    /// Who creates one.
    package struct Creator: Sendable {
        /// The project's index.
        package let project: Int
        /// Whether the manifest states the name; else Compose makes it of the project's and the key.
        package let isNameStated: Bool
    }

    private var creators: [Identity: Creator] = [:]

    /// Who creates what has a name; nil where no project of the workspace does.
    package func creator(of name: String, section: Symbol) -> Creator? {
        creators[Identity(section: section, name: name)]
    }

    mutating func add(_ name: String, _ section: Symbol, _ creator: Creator) {
        let identity = Identity(section: section, name: name)
        if creators[identity] == nil { creators[identity] = creator }
    }
}

extension Resolution {
    /// What the projects of a variant create that has services; of one name the first that creates it.
    package func createdResources(in variant: Variant) -> CreatedResources {
        var created = CreatedResources()
        for project in variant.projects where !project.services.isEmpty {
            let name = manifest.text(manifest.projects[project.project].name)
            var createsDefault = true
            eachResource(of: project.sections) { section, resource in
                if section == resourceKeys.networks, manifest.tree[resource.key].symbol == resourceKeys.defaultName {
                    createsDefault = false
                }
                if resource.isExternal { return }
                created.add(
                    resource.name(in: name, manifest.tree), section,
                    .init(project: project.project, isNameStated: resource.statedName != nil))
            }
            // The network that Compose makes of its own accord.
            if createsDefault {
                created.add(
                    name + "_default", resourceKeys.networks, .init(project: project.project, isNameStated: false))
            }
        }
        return created
    }

    /// Calls a function with each network and volume of a project's sections, and the key of its section.
    package func eachResource(
        of sections: [(key: NodeID, value: NodeID)], _ body: (Symbol, EngineResource) -> Void
    ) {
        for (key, value) in sections {
            let section = manifest.tree[key].symbol
            guard section == resourceKeys.networks || section == resourceKeys.volumes else { continue }
            for entry in manifest.tree.entries(value) where !manifest.tree.isExtension(entry.key) {
                body(section, EngineResource(entry, resourceKeys, manifest.tree))
            }
        }
    }
}
