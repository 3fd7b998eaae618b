import YAMLSyntax

extension Manifest {
    /// A service that only an environment has.
    package struct AddedService: Sendable {
        /// The environment's index.
        package let environment: Int
        /// The project's index.
        package let project: Int
        package let name: Name
        /// Null where it is empty.
        package let body: NodeID
    }

    /// The names of services that no project declares, each once for each project.
    package var addedNames: [Name] {
        if environments.isEmpty { return [] }
        var known: [Int: Set<Symbol>] = [:]
        return addedServices.compactMap { added in
            let names = known[added.project] ?? Set(projects[added.project].services.map(\.name.symbol))
            known[added.project] = names
            return known[added.project, default: []].insert(added.name.symbol).inserted ? added.name : nil
        }
    }

    /// The services that environments add to projects, in their order.
    package var addedServices: [AddedService] {
        var added: [AddedService] = []
        var declared: [Int: Set<Symbol>] = [:]
        for (index, environment) in environments.enumerated() {
            for override in environment.projects where !override.services.isEmpty {
                guard let project = projectIndex[override.name.symbol] else { continue }
                let known = declared[project] ?? Set(projects[project].services.map(\.name.symbol))
                declared[project] = known
                for (name, body) in override.services
                where tree[body].tag != .reset && (environment.isComplete || !known.contains(name.symbol)) {
                    added.append(AddedService(environment: index, project: project, name: name, body: body))
                }
            }
        }
        return added
    }
}
