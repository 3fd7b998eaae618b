import Diagnostics
import YAMLSyntax

/// BP532: a container with capabilities that nobody chose.
enum CapabilitiesKept: Rule {
    static let code = Code.capabilitiesKept
    static let summary = "Services whose `cap_drop` does not say `ALL`; part of the group `hardening`."
    static let rationale =
        "The engine grants some fourteen capabilities to every container, of which most programs need none."
    static let runsLast = true

    static func check(_ context: inout RuleContext) {
        HardenedServices.report(
            code, why: "the engine grants some fourteen capabilities, of which most programs need none",
            help: [
                "add `cap_drop: [ALL]`, for all services under `defaults.service`",
                "and under `cap_add` what the program is refused without it, such as `NET_BIND_SERVICE`",
            ], &context
        ) { service, _, context in
            let tree = context.tree
            let dropped = tree.value("cap_drop", in: service.body).map { tree.items($0) } ?? []
            let dropsAll = dropped.contains { ["ALL", "CAP_ALL"].contains(tree.settledText($0)?.uppercased()) }
            if dropsAll || Privileged.isPrivileged(service.body, tree) { return nil }
            return .init(message: "keeps capabilities that it may not need", label: "`cap_drop` does not say `ALL`")
        }
    }
}
