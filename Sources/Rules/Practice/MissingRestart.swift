import Diagnostics
import YAMLSyntax

/// BP509: a released container that stays down.
enum MissingRestart: Rule {
    static let code = Code.missingRestart
    static let summary = "Services without a restart policy in environments that only pull."
    static let rationale = "After a crash, or after the host restarts, the container stays down until someone notices."

    static let runsLast = true

    static func check(_ context: inout RuleContext) {
        let tree = context.tree
        ProductionServices.report(
            code, lacking: "no restart policy", why: "after a crash or a reboot of the host it stays down",
            help: "set `restart: unless-stopped`, for all of them under the environment's `defaults.service`", &context
        ) { body in
            if tree.value("restart", in: body) != nil { return false }
            return tree.value("deploy", in: body).flatMap { tree.value("restart_policy", in: $0) } == nil
        }
    }
}
