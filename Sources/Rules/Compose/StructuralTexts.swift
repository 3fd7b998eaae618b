import Diagnostics

/// BP223: a time or a size that Compose cannot read.
enum InvalidDurationOrSize: Rule {
    static let code = Code.invalidDurationOrSize
    static let summary = "Durations such as `10` and sizes such as `64 megs` where Compose wants a number with a unit."
    static let rationale = "Compose refuses the whole file, and names the value in words of its own decoder."

    static func check(_ context: inout RuleContext) { context.reportFoundEarlier(code) }
}

/// BP227: a key that Compose only warns of.
enum ObsoleteKey: Rule {
    static let code = Code.obsoleteKey
    static let summary = "Keys that are obsolete: of Compose, such as `external.name`, and `outputs.compose_version`."
    static let rationale =
        "Compose warns at every run, and a later version may refuse the key; `compose_version` does nothing any more."
    static let fixDescription: String? =
        "Writes `external: true` with the name beside it, or takes `compose_version` out."

    static func check(_ context: inout RuleContext) { context.reportFoundEarlier(code) }
}
