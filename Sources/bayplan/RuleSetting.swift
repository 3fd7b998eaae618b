import ArgumentParser
import Diagnostics

/// A rule's level as the command line writes it: `floating-tag=error` or `BP502=off`.
struct RuleSetting: ExpressibleByArgument {
    let rule: String
    let level: RuleLevel

    init?(argument: String) {
        let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, let level = RuleLevel(word: parts[1]), let code = Code.named(parts[0]),
            level.isAllowed(for: code)
        else { return nil }
        rule = parts[0]
        self.level = level
    }
}
