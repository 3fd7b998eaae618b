import Diagnostics
import YAMLSyntax

/// BP535: a container that may start so many processes that the host can start none.
enum UnboundedProcesses: Rule {
    static let code = Code.unboundedProcesses
    static let summary = """
        Services without a limit of processes, in `pids_limit` or `deploy.resources.limits.pids`; part of the group \
        `hardening`.
        """
    static let rationale = "A program that starts others without end takes the last process that the host can have."
    static let runsLast = true

    static func check(_ context: inout RuleContext) {
        HardenedServices.report(
            code, why: "one that starts others without end takes the last process that the host can have",
            help: ["set `pids_limit`, such as `pids_limit: 200`, for all services under `defaults.service`"], &context
        ) { service, _, context in
            let tree = context.tree
            if HardenedServices.bounds(tree.value("pids_limit", in: service.body), tree)
                || HardenedServices.bounds(HardenedServices.limit("pids", in: service.body, tree), tree)
            {
                return nil
            }
            return .init(message: "may start any number of processes", label: "no limit of processes")
        }
    }
}
