import Diagnostics
import YAMLSyntax

/// BP536: a container that may take all processors of the host.
enum UnboundedProcessors: Rule {
    static let code = Code.unboundedProcessors
    static let summary = """
        Services without a limit of processors, in `cpus`, `cpu_quota`, `cpuset` or `deploy.resources.limits.cpus`; part of \
        the group `hardening`.
        """
    static let rationale = "One container that computes without end slows down all the others on its host."
    static let runsLast = true

    static func check(_ context: inout RuleContext) {
        HardenedServices.report(
            code, why: "one that computes without end slows down all the others on its host",
            help: ["set `deploy.resources.limits.cpus`, such as `\"1.5\"`, for all services under `defaults.service`"],
            &context
        ) { service, _, context in
            let tree = context.tree
            let isBounded =
                ["cpus", "cpu_quota"].contains { HardenedServices.bounds(tree.value($0, in: service.body), tree) }
                || tree.value("cpuset", in: service.body).map { tree[$0].count > 0 } ?? false
                || HardenedServices.bounds(HardenedServices.limit("cpus", in: service.body, tree), tree)
            return isBounded ? nil : .init(message: "may take all processors", label: "no limit of processors")
        }
    }
}
