/// How much a rule's findings weigh, as the manifest's `rules` and `--rule` say it.
package enum RuleLevel: Sendable, Equatable {
    case off
    case severity(Severity)

    /// The words for the levels, as they are written.
    package static let words = ["off", "info", "warning", "error"]

    package init?(word: String) {
        switch word {
        case "off": self = .off
        case "info": self = .severity(.info)
        case "warning": self = .severity(.warning)
        case "error": self = .severity(.error)
        default: return nil
        }
    }

    /// The word for the level, as it is written.
    package var word: String {
        switch self {
        case .off: "off"
        case .severity(let severity): severity.word
        }
    }

    /// Whether a rule may have this level: what would make the output wrong stays an error.
    package func isAllowed(for code: Code) -> Bool { code.canBeSilenced || self == .severity(.error) }
}

extension Code {
    /// The code with this label or name.
    package static func named(_ text: String) -> Code? { byWord[text] }

    /// The names and labels of all codes.
    package static let words = all.flatMap { [$0.name, $0.label] }

    private static let byWord = Dictionary(all.flatMap { [($0.name, $0), ($0.label, $0)] }) { first, _ in first }
}
