import StrategyManifest
import YAMLSyntax

/// Who has a service of a name, where a project lacks it.
///
/// Each table is made when the first fault asks for it, and read by all others: thousands of services may name as many that
/// environments add or remove.
struct ServiceOwners {
    private struct Place: Hashable {
        /// Nil where any environment is meant.
        let environment: Int?
        let project: Symbol
        let service: Symbol
    }

    private let manifest: Manifest
    /// By a service's name, the projects that declare it.
    lazy var projects: [Symbol: [Int]] = {
        var projects: [Symbol: [Int]] = [:]
        for (index, project) in manifest.projects.enumerated() {
            for service in project.services { projects[service.name.symbol, default: []].append(index) }
        }
        return projects
    }()
    /// What the first environment that has it adds to a project.
    private lazy var additions = Dictionary(
        manifest.addedServices.map { added in
            let project = manifest.projects[added.project].name.symbol
            return (Place(environment: nil, project: project, service: added.name.symbol), added)
        }, uniquingKeysWith: { first, _ in first })
    /// Where an environment says something of a project's service; the last place where several do.
    private lazy var overrides = Dictionary(
        manifest.environments.enumerated().flatMap { environment, declared in
            declared.projects.flatMap { project in
                project.services.map { service in
                    let (project, name) = (project.name.symbol, service.name.symbol)
                    return (Place(environment: environment, project: project, service: name), service.name)
                }
            }
        }, uniquingKeysWith: { _, last in last })

    init(_ manifest: Manifest) { self.manifest = manifest }

    /// The first environment's service of this name in a project.
    mutating func addition(of service: Symbol, to project: Symbol) -> Manifest.AddedService? {
        additions[Place(environment: nil, project: project, service: service)]
    }

    /// Where an environment says something of a project's service; the last place where several do.
    mutating func override(of service: Symbol, of project: Symbol, in environment: Int) -> Name? {
        overrides[Place(environment: environment, project: project, service: service)]
    }
}
