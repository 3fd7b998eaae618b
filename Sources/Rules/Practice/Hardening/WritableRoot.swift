import Diagnostics
import YAMLSyntax

/// BP533: a container that can change its own programs.
enum WritableRoot: Rule {
    static let code = Code.writableRoot
    static let summary = "Services without `read_only: true`; part of the group `hardening`."
    static let rationale =
        "Whoever takes over such a container can leave programs in it, which run until it is made anew."
    static let runsLast = true

    static func check(_ context: inout RuleContext) {
        HardenedServices.report(
            code, why: "whoever takes it over can leave programs in it",
            help: ["add `read_only: true`, and `tmpfs: [/tmp]` or a volume for what it writes"], &context
        ) { service, _, context in
            let value = context.tree.value("read_only", in: service.body)
            if let value, context.tree.says("true", value) { return nil }
            return .init(message: "can write to the files of its image", label: "not `read_only`")
        }
    }
}
