import ComposeSpec
import Diagnostics
import Planning
import StrategyManifest
import YAMLSyntax

/// What a map shows of a plan in one environment: images, projects, containers, and how they hang together.
struct WorkspaceMap {
    /// One image; references to others are indices.
    struct Image {
        let name: String
        /// What `image:` says here.
        let reference: String
        let description: String
        /// The project that builds it; nil when it is pulled.
        let owner: Int?
        /// Counted from 1; 0 when it is pulled.
        let stage: Int
        /// Nil when it is pulled.
        let source: BuildSource?
        let bases: [Int]
        var dependants: [Int] = []
        var containers: [Int] = []
    }

    /// One project; its containers are a range of all.
    struct Project {
        let name: String
        let description: String
        /// As seen from the manifest's folder.
        let folder: String
        var images: [Int] = []
        var containers: Range<Int>
        /// The projects that must run before it, with the one service that must, if it is one.
        var after: [(project: Int, service: String?)] = []
        /// The projects that start after it.
        var before: [Int] = []
        /// What it declares, by the engine's names, and whether another one makes it.
        var networks: [(name: String, isExternal: Bool)] = []
        var volumes: [(name: String, isExternal: Bool)] = []
    }

    /// One service of one project.
    struct Container {
        let service: String
        /// Nil when Compose chooses.
        let name: String?
        let project: Int
        let image: Int
        /// The images that it mounts, beside the one that it runs.
        let mounted: [Int]
        let ports: [PortMapping]
        let profiles: [String]
        /// The containers that it is started after.
        var after: [Int] = []
    }

    let name: String
    /// Nil for development.
    let environment: String?
    /// The folder of the scripts as seen from the manifest's; nil where none are written.
    let scripts: String?
    /// The variable that names carry where several checkouts run at once.
    let instanceVariable: String?
    /// What environments ask for beside images and containers.
    let environments: MapEnvironments
    private(set) var images: [Image] = []
    private(set) var projects: [Project] = []
    private(set) var containers: [Container] = []
    /// What was found about all these.
    private(set) var findings = MapFindings()

    /// The images that are pulled.
    var pulled: [Int] { images.indices.filter { images[$0].owner == nil } }
    /// The projects that start after others, each after those that it needs.
    private var startOrder: [Int] = []
    /// How many stages the builds have.
    private(set) var stages = 0

    init(_ plan: Plan, _ layout: Layout, variant: PlannedVariant, findings: [Diagnostic]) {
        name = plan.workspaceName
        environment = variant.environment
        scripts = plan.manifest.outputs[.scripts].map {
            Layout.relative(from: layout.folder, to: layout.components($0.value))
        }
        instanceVariable = plan.manifest.instances?.value
        environments = MapEnvironments(plan)
        addImages(plan.seen(from: variant.index), variant, layout)
        for project in variant.projects { add(project, plan, layout) }
        for start in variant.starts {
            if startOrder.last != start.project { startOrder.append(start.project) }
            projects[start.project].after.append((start.needed, start.service.map { plan.tree.text($0) }))
            if projects[start.needed].before.last != start.project {
                projects[start.needed].before.append(start.project)
            }
        }
        for index in containers.indices {
            for image in [containers[index].image] + containers[index].mounted {
                images[image].containers.append(index)
            }
        }
        self.findings = MapFindings(findings, self, plan.manifest, named: layout.manifestName)
    }

    private mutating func addImages(_ plan: Plan, _ variant: PlannedVariant, _ layout: Layout) {
        images.reserveCapacity(plan.manifest.images.count)
        projects = plan.manifest.projects.map {
            Project(
                name: plan.manifest.text($0.name), description: $0.description?.value ?? "", folder: "",
                containers: 0..<0)
        }
        for (index, image) in plan.manifest.images.enumerated() {
            let owner = plan.resolution.owner(of: index)
            var bases: [Int] = []
            var isBase: Set<Int> = []
            for need in plan.resolution.needs[index] where isBase.insert(need.base).inserted { bases.append(need.base) }
            images.append(
                Image(
                    name: plan.imageName(index), reference: variant.references[index],
                    description: image.description?.value ?? "", owner: owner,
                    stage: plan.buildOfImage[index].map { plan.builds[$0].stage } ?? 0,
                    source: BuildSource(image, owner: owner, plan, layout), bases: bases))
            if let owner { projects[owner].images.append(index) }
        }
        stages = images.map(\.stage).max() ?? 0
        for index in images.indices {
            for base in images[index].bases { images[base].dependants.append(index) }
        }
    }

    private mutating func add(_ planned: PlannedProject, _ plan: Plan, _ layout: Layout) {
        let (tree, declared) = (plan.tree, plan.manifest.projects[planned.project])
        let first = containers.count
        var places: [String: Int] = [:]
        for (place, service) in planned.services.enumerated() { places[tree.text(service.name)] = first + place }
        for service in planned.services {
            let stated = service.statedProfiles.map { node in tree.items(node).map { tree.text($0) } }
            let ports = plan.resolution.ports(of: service.body).filter(\.isPublished)
            let after = tree.value("depends_on", in: service.body).map { node in
                tree.items(node).map { tree.text($0) }
                    + tree.entries(node).map { tree.text($0.key) }
            }
            containers.append(
                Container(
                    service: tree.text(service.name), name: service.containerName.map { tree.text($0) },
                    project: planned.project, image: service.image,
                    mounted: service.mountedImages.filter { $0 != service.image }, ports: ports,
                    profiles: service.profiles ?? stated ?? [], after: (after ?? []).compactMap { places[$0] }))
        }
        var (networks, volumes): ([(String, Bool)], [(String, Bool)]) = ([], [])
        plan.resolution.eachResource(of: planned.sections) { section, resource in
            let entry = (resource.name(in: plan.projectName(planned.project), tree), resource.isExternal)
            if section == plan.resolution.resourceKeys.networks {
                networks.append(entry)
            } else {
                volumes.append(entry)
            }
        }
        projects[planned.project] = Project(
            name: projects[planned.project].name, description: projects[planned.project].description,
            folder: Layout.relative(from: layout.folder, to: layout.components(declared.path.value)),
            images: projects[planned.project].images, containers: first..<containers.count, networks: networks,
            volumes: volumes)
    }

    /// For each project, how many stand one behind the other that must run before it.
    var startDepths: [Int] {
        var depths = [Int](repeating: 0, count: projects.count)
        for project in startOrder {
            for (other, _) in projects[project].after { depths[project] = max(depths[project], depths[other] + 1) }
        }
        return depths
    }

    func anchor(ofImage index: Int) -> String { Anchor.image(images[index].name) }
    func anchor(ofProject index: Int) -> String { Anchor.project(projects[index].name) }
    func anchor(ofContainer index: Int) -> String {
        Anchor.container(projects[containers[index].project].name, containers[index].service)
    }
    /// A container as it is called outside its project.
    func title(ofContainer index: Int) -> String {
        containers[index].name ?? projects[containers[index].project].name + " " + containers[index].service
    }
}
