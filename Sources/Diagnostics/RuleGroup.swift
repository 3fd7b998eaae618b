/// Rules that are set together under one name: `rules: {hardening: warning}`.
package struct RuleGroup: Sendable {
    package let name: String
    /// What its rules ask for, as the end of a sentence.
    package let meaning: String
    package let codes: [Code]

    /// All groups, by name.
    package static let all = [
        RuleGroup(
            name: "hardening", meaning: "containers that can do no more than they need",
            codes: [
                .privilegesCanGrow, .capabilitiesKept, .writableRoot, .runsAsRoot, .unboundedProcesses,
                .unboundedProcessors,
            ])
    ]

    /// The group with a name.
    package static func named(_ name: String) -> RuleGroup? { all.first { $0.name == name } }
}

extension Code {
    /// The codes that a word of `rules` or `--rule` sets: of a rule by its code or name, or of a group.
    package static func matching(_ word: String) -> [Code] {
        named(word).map { [$0] } ?? RuleGroup.named(word)?.codes ?? []
    }

    /// The groups that a rule belongs to.
    package var groups: [RuleGroup] { RuleGroup.all.filter { $0.codes.contains(self) } }

    /// Whether the rule judges how well containers are run: what it finds can be compiled all the same.
    package var isPractice: Bool { category == "practice" }

    /// What the rule is about, in one word: that of its block.
    package var category: String {
        switch number {
        case ..<100: "file"
        case ..<200: "names"
        case ..<220: "references"
        case ..<300: "compose"
        case ..<400: "builds"
        case ..<500: "host"
        case ..<600: "practice"
        case ..<700: "artifacts"
        default: "import"
        }
    }
}
