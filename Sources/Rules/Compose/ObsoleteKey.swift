import Diagnostics

/// BP227: a key that Compose only warns of.
enum ObsoleteKey: Rule {
    static let code = Code.obsoleteKey
    static let summary = "Keys that are obsolete: of Compose, such as `external.name`, and `outputs.compose_version`."
    static let rationale =
        "Compose warns at every run, and a later version may refuse the key; `compose_version` does nothing any more."
    static let fixDescription: String? =
        "Writes `external: true` with the name beside it, or takes `compose_version` out."

    static func check(_ context: inout RuleContext) { context.report(context.structure().obsoleteKeys) }
}
