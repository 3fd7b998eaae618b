import Planning
import StrategyManifest

/// What the document says of several checkouts on one engine: the variable, and the variables of the ports.
struct InstanceTables {
    private let plan: Plan
    private let instances: Instances

    init(_ plan: Plan, _ instances: Instances) {
        self.plan = plan
        self.instances = instances
    }

    func write(to out: inout [UInt8]) {
        let scripts = plan.manifest.outputs[.scripts] == nil ? nil : "`--instance NAME` of the scripts"
        let variable = MarkdownText.code(instances.variable)
        out += "\n## Several checkouts at once\n\n".utf8
        out +=
            """
            The names of projects and containers, of networks and volumes that have a name of their own, and the tags of \
            what is built here end in \(MarkdownText.code("-NAME")), where \(variable) is the name of an instance\
            \(scripts.map { ", or \($0)" } ?? ""); \
            while it is unset they are those above.

            """.utf8
        // Development's, then what only an environment publishes.
        var known: Set<String> = []
        let ports = instances.ports.joined().filter { known.insert($0.variable).inserted }
        if ports.isEmpty { return }
        out += "\nPublished ports, and the variables that move them:\n\n".utf8
        var table = MarkdownTable(["Service", "In the container", "On the host", "Variable"])
        for port in ports {
            table.add([
                .code(plan.projectName(port.project) + "/" + plan.tree.text(port.service)), .code(port.container),
                .code(port.published), .code(port.variable),
            ])
        }
        table.write(to: &out)
    }
}
