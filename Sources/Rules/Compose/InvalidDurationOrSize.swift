import Diagnostics

/// BP223: a time or a size that Compose cannot read.
enum InvalidDurationOrSize: Rule {
    static let code = Code.invalidDurationOrSize
    static let summary = "Durations such as `10` and sizes such as `64 megs` where Compose wants a number with a unit."
    static let rationale = "Compose refuses the whole file, and names the value in words of its own decoder."

    static func check(_ context: inout RuleContext) { context.report(context.structure().durationsAndSizes) }
}
