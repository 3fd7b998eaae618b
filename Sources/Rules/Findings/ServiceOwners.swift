import StrategyManifest
import YAMLSyntax

/// Who has a service of a name, where a project lacks it.
///
/// Each table is made when the first fault asks for it, and read by all others: thousands of services may name as many that
/// environments add or remove.
struct ServiceOwners {
    private struct Place: Hashable {
        let project: Int
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
        manifest.addedServices.map { (Place(project: $0.project, service: $0.name.symbol), $0) },
        uniquingKeysWith: { first, _ in first })
    /// What the environment that was asked for last says of the services of a project.
    private var overrides: (environment: Int, project: Symbol, names: [Symbol: Name])?

    init(_ manifest: Manifest) { self.manifest = manifest }

    /// The first environment's service of this name in a project.
    mutating func addition(of service: Symbol, to project: Int) -> Manifest.AddedService? {
        manifest.environments.isEmpty ? nil : additions[Place(project: project, service: service)]
    }

    /// Where an environment says something of a project's service; the last place where several do.
    mutating func override(of service: Symbol, of project: Symbol, in environment: Int) -> Name? {
        if let overrides, overrides.environment == environment, overrides.project == project {
            return overrides.names[service]
        }
        let said = manifest.environments[environment].projects.filter { $0.name.symbol == project }.flatMap(\.services)
        let names = Dictionary(said.map { ($0.name.symbol, $0.name) }, uniquingKeysWith: { _, last in last })
        overrides = (environment, project, names)
        return names[service]
    }
}
