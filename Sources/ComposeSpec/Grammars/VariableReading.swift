import SourceText
import YAMLSyntax

/// What a text with variables says where its variables are, or are not, set.
package struct VariableReading: Sendable, Equatable {
    /// When it says so.
    package enum Condition: Sendable, Equatable {
        /// Whatever the variables are.
        case always
        /// While they are not set: defaults stand in for them.
        case unset
        /// While these are set, and others are not: `${NAME:+word}` brings its word.
        case set([String])
        /// Wherever defaults are taken, although other variables are not known.
        case byDefault

        /// The condition behind a statement: `while no variable is set`.
        package var phrase: String {
            switch self {
            case .always: "whatever its variables are"
            case .unset: "while no variable is set"
            case .byDefault: "by its defaults"
            case .set(let names): "while \(names.map { "`\($0)`" }.joined(separator: " and ")) is set"
            }
        }
    }

    /// The text; where not all of it can be told, the rest is as it should be.
    package let text: String
    package let condition: Condition

    /// Whether all of the text can be told.
    package var isWhole: Bool { condition != .always && condition != .byDefault }
}

extension VariableText {
    /// What the text says while no variable is set, and while those are whose words then take their place; nothing where
    /// a variable without a default has a part in it.
    package var readings: [VariableReading] {
        var readings: [VariableReading] = []
        if let settled { readings.append(VariableReading(text: settled, condition: .unset)) }
        if let words = withAlternatives {
            readings.append(VariableReading(text: words.text, condition: .set(words.names)))
        }
        return readings
    }

    /// Whether some variable in it must be set, wherever it stands.
    var requiresVariable: Bool {
        pieces.contains { piece in
            guard case .variable(let variable) = piece else { return false }
            return variable.operation == .requirement || variable.word.requiresVariable
        }
    }

    /// The text with the words of `${NAME:+word}` in it; nil where there is none, or where it cannot be told: a word has
    /// variables of its own, or something stands in for a variable that must be set.
    var withAlternatives: (text: String, names: [String])? {
        var (text, names, unset) = ("", Distinct<String>(), Set<String>())
        for piece in pieces {
            switch piece {
            case .literal(let literal): text += literal
            case .variable(let variable) where variable.operation == .alternative:
                guard variable.word.names.isEmpty, let word = variable.word.settled else { return nil }
                text += word
                names.add(variable.name)
            case .variable(let variable):
                guard let word = variable.settledWord?.settled else { return nil }
                text += word
                unset.formUnion([variable.name] + variable.word.names)
            }
        }
        return names.values.isEmpty || names.values.contains(where: unset.contains) ? nil : (text, names.values)
    }
}

extension Tree {
    /// A scalar's text while no variable is set: `${DIR:-/etc}` is `/etc`; nil where a variable has no default.
    package func settledText(_ node: NodeID) -> String? {
        let text = text(node)
        guard text.utf8.contains(UInt8(ascii: "$")) else { return text }
        return VariableText(text)?.settled
    }

    /// Whether a scalar may hold a variable with a word of its own, such as a default.
    func mayHoldDefaults(_ id: NodeID) -> Bool {
        withBytes(id) { text in
            text.contains(UInt8(ascii: "{"))
                && text.contains { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
        }
    }
}
