import YAMLSyntax

extension Shape {
    /// What the shape is called in messages, with an article: `a string or a list`.
    package var phrase: String {
        switch self {
        case .null: return "nothing"
        case .boolean: return "a boolean"
        case .integer(let bounds):
            guard let bounds, bounds.lowerBound > Int.min else { return "a whole number" }
            return bounds.upperBound == Int.max
                ? "a whole number from \(bounds.lowerBound)"
                : "a whole number from \(bounds.lowerBound) to \(bounds.upperBound)"
        case .number: return "a number"
        case .string(let grammar?) where !grammar.takesAnyText: return grammar.name
        case .string: return "a string"
        case .oneOf(let words): return Self.listed(words.map { "`\($0)`" }, "or")
        case .sequence: return "a list"
        case .mapping, .declarations, .object: return "a mapping"
        case .anyOf(let shapes):
            var phrases: [String] = []
            for phrase in shapes.map(\.phrase) where !phrases.contains(phrase) { phrases.append(phrase) }
            return Self.listed(phrases, "or")
        case .anything: return "any value"
        }
    }

    /// Whether Compose reads the shape from a text, which is what a variable's value is to it.
    var takesVariables: Bool {
        switch self {
        case .string, .oneOf: true
        default: false
        }
    }

    /// `a, b or c`.
    static func listed(_ words: [String], _ conjunction: String) -> String {
        guard let last = words.last, words.count > 1 else { return words.first ?? "" }
        return words.dropLast().joined(separator: ", ") + " \(conjunction) " + last
    }
}

extension Tree {
    /// What a value is called in messages, with an article.
    package func phrase(_ id: NodeID) -> String {
        switch self[id].kind {
        case .mapping: return "a mapping"
        case .sequence: return "a list"
        case .scalar:
            switch scalarType(id) {
            case .null: return "nothing"
            case .boolean: return "a boolean"
            case .integer: return "a whole number"
            case .float: return "a number"
            case .timestamp: return "a date"
            case .string: return "a string"
            }
        }
    }
}
