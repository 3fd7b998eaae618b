import Arguments
import Diagnostics

/// A rule's level as the command line writes it: `floating-tag=error` or `BP502=off`.
struct RuleSetting {
    let rule: String
    let level: RuleLevel

    init(_ text: String) throws(WrongUsage) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2 else {
            throw WrongUsage("`--rule` takes a rule and its level, as in --rule floating-tag=off, not \(quoted(text))")
        }
        let codes = Code.matching(parts[0])
        if codes.isEmpty {
            let match = closestMatch(to: parts[0], among: Code.words + RuleGroup.all.map(\.name))
            throw WrongUsage(
                "there is no rule \(quoted(parts[0]))"
                    + (match.map { "; did you mean `\($0)`?" } ?? "; `bayplan explain --list` names them all"))
        }
        guard let level = RuleLevel(word: parts[1]) else {
            throw WrongUsage(
                "a rule's level is off, info, warning or error, not \(quoted(parts[1])): --rule \(parts[0])=warning")
        }
        if let code = codes.first(where: { !level.isAllowed(for: $0) }) {
            throw WrongUsage("`\(code.name)` is always an error: without it what is emitted could be wrong")
        }
        rule = parts[0]
        self.level = level
    }
}
