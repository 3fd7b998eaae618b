import Diagnostics
import Inspection

/// BP220, BP221: unknown keys and wrong types in Compose fragments.
enum ComposeStructure: Rule {
    static let code = Code.unknownComposeKey
    static let summary =
        "Keys that Compose does not have, and values that Compose does not take, in service bodies, builds, networks, volumes, configs, secrets and models."
    static let rationale = "Compose refuses the whole file, and says neither where nor, often, why."

    static func check(_ context: inout RuleContext) {
        context.diagnostics.report(contentsOf: context.structure().keysAndTypes)
    }
}
