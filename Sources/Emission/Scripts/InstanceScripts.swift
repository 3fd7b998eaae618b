import Planning
import Resolution
import YAMLSyntax

/// What the scripts of a workspace have more whose checkouts run side by side: tables, and fragments that choose the
/// instance and wrap functions of the others.
struct InstanceScripts {
    private let common: [ScriptTable]
    private let ports: ScriptTable
    private let fixed: [ScriptTable]
    private let further: ScriptTable

    init(_ instances: Instances, _ tables: ScriptTables, projects: ScriptTable) {
        let variable = ScriptTable(
            name: "instance_variable", comments: ["The variable whose value is the name of an instance."],
            texts: [instances.variable])
        common = [variable, projects, tables.workspaceName]
        ports = tables.ports(instances)
        further = tables.furtherReferences(instances).read(by: "instanced")
        fixed = [tables.fixed] + tables.ofEnvironments { $0.fixed }
    }

    /// The tables that a script needs; it may have some of them already.
    func tables(for script: String) -> [ScriptTable] {
        switch script {
        case "up.sh": common + [ports] + fixed
        case "refresh.sh", "status.sh": common + [ports]
        case "clean.sh": common + [further]
        default: common
        }
    }

    /// What comes first: the options are taken out of the command line before the script reads it.
    func front(of script: String) -> [[UInt8]] {
        let own: [[UInt8]] =
            switch script {
            case "up.sh": [PackageResources.instances_ports_sh, PackageResources.instances_up_sh]
            case "refresh.sh": [PackageResources.instances_ports_sh, PackageResources.instances_refresh_sh]
            case "down.sh": [PackageResources.instances_down_sh]
            case "status.sh": [PackageResources.instances_ports_sh, PackageResources.instances_status_sh]
            case "clean.sh": [PackageResources.instances_clean_sh]
            default: []
            }
        return [PackageResources.instances_sh] + own
    }

    /// What comes before the script's work.
    func choosing(for script: String) -> [[UInt8]] {
        [PackageResources.instances_choose_sh]
            + (script == "clean.sh" ? [PackageResources.instances_clean_choose_sh] : [])
    }

    /// The functions that the fragments above put something around: those of their names call them by `plain_` and theirs.
    private static func wrapped(in script: String) -> Set<String> {
        let common = [
            "usage", "beside_in", "exec_compose", "show_compose", "ask_containers", "without_idle_contexts",
            "ask_resources",
        ]
        let own =
            switch script {
            case "up.sh": ["need_own_containers", "read_definition", "start"]
            case "refresh.sh": ["with_up_words"]
            case "down.sh": ["projects_with", "volumes_of"]
            case "status.sh": ["configuration", "show_ended", "show_json"]
            case "clean.sh": ["named_references", "spare_used"]
            default: [String]()
            }
        return Set(common + own)
    }

    /// Fragments whose functions that these put something around are called otherwise.
    static func wrapped(_ fragments: [[UInt8]], in script: String) -> [[UInt8]] {
        WrappedFunctions.of(wrapped(in: script), in: fragments)
    }
}

extension [ScriptTable] {
    /// The tables, of one name the first.
    var firstOfEachName: [ScriptTable] {
        var known: Set<String> = []
        return filter { known.insert($0.name).inserted }
    }
}

extension ScriptTables {
    /// The published ports that variables move, in development and in every environment.
    fileprivate func ports(_ instances: Instances) -> ScriptTable {
        var known: Set<String> = []
        let rows = instances.ports.joined().filter { known.insert($0.variable).inserted }.map { port in
            [
                plan.projectName(port.project), port.variable, plan.tree.text(port.service), String(port.number),
                port.container,
            ]
        }
        return ScriptTable(
            name: "ports",
            comments: [
                "The published ports that move: project, variable, service, port of the host without an instance, and",
                "the container's.",
            ], lines: ScriptTable.aligned(rows))
    }

    /// What builds are tagged with beside their images' references, if it carries the instance.
    fileprivate func furtherReferences(_ instances: Instances) -> ScriptTable {
        let tags = ([self] + seenFromEnvironments).flatMap { $0.plan.builds.flatMap(\.build.tags) }.map(\.value)
        var known: Set<String> = []
        return ScriptTable(
            name: "further_references", comments: ["What builds are tagged with beside the images' references."],
            texts: tags.filter { $0.hasSuffix(instances.suffix) && known.insert($0).inserted })
    }

    /// What two instances of a project cannot both have.
    fileprivate var fixed: ScriptTable {
        let texts = plan.resolution.immovables(in: plan.home.index).filter(\.collides).map { found in
            let what =
                switch found.kind {
                case .range: "the published ports \(found.text)"
                case .subnet: "the subnet \(found.text)"
                case .address: "the address \(found.text)"
                default: "the network of the host"
                }
            return plan.projectName(found.project) + "  " + what
        }
        return ScriptTable(
            name: "fixed",
            comments: [
                "What is the same in every instance, so that a second one cannot start: project, and what it has."
            ],
            texts: texts)
    }
}
