import Diagnostics

/// BP223: a time or a size that Compose cannot read.
enum InvalidDurationOrSize: Rule {
    static let code = Code.invalidDurationOrSize
    static let finds = "Durations such as `10` and sizes such as `64 megs` where Compose wants a number with a unit."
    static let matters = "Compose refuses the whole file, and names the value in words of its own decoder."

    static func check(_ context: inout RuleContext) { context.reportFoundEarlier(code) }
}

/// BP227: a key that Compose only warns of.
enum ObsoleteKey: Rule {
    static let code = Code.obsoleteKey
    static let finds = "Keys of Compose that are obsolete, such as `external.name`."
    static let matters = "Compose warns at every run, and a later version may refuse the key."
    static let repairs: String? = "Writes `external: true` with the name beside it."

    static func check(_ context: inout RuleContext) { context.reportFoundEarlier(code) }
}
