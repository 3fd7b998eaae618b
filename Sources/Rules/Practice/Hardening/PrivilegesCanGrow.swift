import Diagnostics
import YAMLSyntax

/// BP531: a container whose programs may become more than they were started as.
enum PrivilegesCanGrow: Rule {
    static let code = Code.privilegesCanGrow
    static let summary = "Services without `no-new-privileges` under `security_opt`; part of the group `hardening`."
    static let rationale = "A program with the set-user-ID bit, such as `su`, makes root of a user that was taken over."
    static let runsLast = true

    static func check(_ context: inout RuleContext) {
        HardenedServices.report(
            code, why: "a program with the set-user-ID bit, such as `su`, makes root of any user",
            help: ["add `security_opt: [\"no-new-privileges:true\"]`, for all services under `defaults.service`"],
            &context
        ) { service, _, context in
            let tree = context.tree
            let options = tree.value("security_opt", in: service.body).map { tree.items($0) } ?? []
            let isKept = options.contains { item in
                ["no-new-privileges", "no-new-privileges:true", "no-new-privileges=true"].contains(
                    tree.settledText(item))
            }
            if isKept || Privileged.isPrivileged(service.body, tree) { return nil }
            return .init(message: "may gain privileges that it was not started with", label: "no `no-new-privileges`")
        }
    }
}
