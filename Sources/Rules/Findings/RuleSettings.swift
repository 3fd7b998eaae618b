import Diagnostics
import SourceText
import StrategyManifest

/// What the manifest's `rules` and the command line make of the rules: how much each weighs, and its options.
struct RuleSettings: Sendable {
    /// By the number of a code.
    private var levels: [Int: RuleLevel] = [:]
    private let stated: [StatedLevel]
    /// Of the manifest's entries, which name a rule or a group, and which name nothing.
    private(set) var known: [Int] = []
    private(set) var unknown: [Int] = []

    /// The manifest's entries, of which one for a rule counts more than one for its group, then the command line's, of
    /// which the last counts; what cannot be set sets nothing.
    init(_ stated: [StatedLevel], commandLine: [(rule: String, level: RuleLevel)]) {
        self.stated = stated
        if stated.isEmpty, commandLine.isEmpty { return }
        var ofGroups: [Int: RuleLevel] = [:]
        for index in stated.indices {
            if let code = Code.named(stated[index].rule.value) {
                known.append(index)
                if let level = stated[index].level?.value, level.isAllowed(for: code) {
                    levels[Int(code.number)] = level
                }
            } else if let group = RuleGroup.named(stated[index].rule.value) {
                known.append(index)
                guard let level = stated[index].level?.value else { continue }
                for code in group.codes where level.isAllowed(for: code) { ofGroups[Int(code.number)] = level }
            } else {
                unknown.append(index)
            }
        }
        levels.merge(ofGroups) { own, _ in own }
        for (rule, level) in commandLine {
            for code in Code.matching(rule) where level.isAllowed(for: code) { levels[Int(code.number)] = level }
        }
    }

    /// What is stated for a rule, or that it is off by itself; nil where it weighs what it weighs.
    func level(of code: Code) -> RuleLevel? { levels[Int(code.number)] ?? (code.isOff ? .off : nil) }

    /// The severity of a rule's findings, unless they have one of their own; nil for a rule that is off.
    func severity(of code: Code) -> Severity? {
        switch level(of: code) {
        case .severity(let severity): severity
        case .off: nil
        case nil: code.severity
        }
    }

    /// The list that an option of a rule states, with the places of its items; empty where none is stated.
    func written(_ option: String, for code: Code) -> [Spanned<String>] {
        options(option, code).flatMap(\.values)
    }

    /// The list that an option of a rule states; nil where none is stated.
    func values(of option: String, for code: Code) -> [String]? {
        let options = options(option, code)
        return options.isEmpty ? nil : options.flatMap { $0.values.map(\.value) }
    }

    private func options(_ option: String, _ code: Code) -> [StatedLevel.Option] {
        stated.lazy.filter { !$0.options.isEmpty && Code.named($0.rule.value) == code }.flatMap(\.options)
            .filter { $0.key.value == option }
    }
}
