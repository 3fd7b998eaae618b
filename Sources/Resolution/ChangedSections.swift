import StrategyManifest
import YAMLSyntax

extension Resolution {
    /// Where the parts beside the services of a project, such as its volumes, are not development's.
    package struct ChangedSections: Sendable {
        /// The variant's index.
        package let variant: Int
        /// The project's index.
        package let project: Int
    }

    /// Every project of an environment whose networks, volumes and the like are others than in development.
    package var changedSections: [ChangedSections] {
        var changed: [ChangedSections] = []
        for (index, variant) in variants.enumerated() {
            guard let environment = variant.environment.map({ manifest.environments[$0] }) else { continue }
            if environment.isComplete {
                changed += manifest.projects.indices.map { ChangedSections(variant: index, project: $0) }
            } else {
                var projects: Set<Int> = []
                for override in environment.projects where !override.sections.isEmpty {
                    guard let project = manifest.projectIndex[override.name.symbol] else { continue }
                    if projects.insert(project).inserted {
                        changed.append(ChangedSections(variant: index, project: project))
                    }
                }
            }
        }
        return changed
    }

    /// Calls a function with every part beside the services of a project, in development and where it is another one.
    package func eachSection(_ body: (_ key: NodeID, _ value: NodeID) -> Void) {
        for project in manifest.projects { for (key, value) in project.sections { body(key, value) } }
        for changed in changedSections {
            for (key, value) in variants[changed.variant].projects[changed.project].sections { body(key, value) }
        }
    }
}
