import Diagnostics
import YAMLSyntax

/// BP508: a released container that may take all of the host.
enum UnboundedResources: Rule {
    static let code = Code.unboundedResources
    static let summary = "Services without a memory limit in environments that only pull."
    static let rationale = "One container that leaks memory takes down all the others on its host."

    static let runsLast = true

    static func check(_ context: inout RuleContext) {
        let tree = context.tree
        ProductionServices.report(
            code, lacking: "no memory limit", why: "one that leaks takes down all the others on its host",
            help: "set `deploy.resources.limits.memory`, for all of them under the environment's `defaults.service`",
            &context
        ) { body in
            tree.value("mem_limit", in: body) == nil && HardenedServices.limit("memory", in: body, tree) == nil
        }
    }
}
