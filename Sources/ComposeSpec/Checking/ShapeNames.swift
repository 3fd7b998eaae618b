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
            let all = shapes.map(\.phrase)
            for phrase in all where !phrases.contains(phrase) && !Self.isCovered(phrase, by: all) {
                phrases.append(phrase)
            }
            return Self.listed(phrases, "or")
        case .anything: return "any value"
        }
    }

    /// Whether another phrase of a union says as much: `a whole number from 0` and `a number` say what `a whole number` says
    /// of a text.
    private static func isCovered(_ phrase: String, by others: [String]) -> Bool {
        others.contains { other in
            other.hasPrefix(phrase + " ") || phrase == "a whole number" && other == "a number"
        }
    }

    /// Whether Compose reads the shape from a text, which is what a variable's value is to it.
    var takesVariables: Bool {
        switch self {
        case .string, .oneOf: true
        default: false
        }
    }

    /// What a scalar's variables make of it that no text of the shape is, and the grammar that refuses it; nil where that
    /// cannot be told, or the shape takes it.
    func refusedReading(_ id: NodeID, in tree: Tree) -> (VariableReading, Grammar?)? {
        switch self {
        case .string(let grammar?):
            guard !grammar.takesAnyText, tree[id].kind == .scalar, tree.holdsInterpolation(id) else { return nil }
            guard tree.mayHoldDefaults(id) || grammar === Grammar.port else { return nil }
            let refused = grammar.readings(tree.text(id)).first { reading in
                var text = reading.text
                return text.withUTF8 { !grammar.accepts($0) }
            }
            return refused.map { ($0, grammar) }
        case .oneOf(let words):
            guard tree[id].kind == .scalar, tree.holdsInterpolation(id), tree.mayHoldDefaults(id) else { return nil }
            return VariableText(tree.text(id))?.readings.first { !words.contains($0.text) }.map { ($0, nil) }
        case .anyOf(let shapes):
            guard tree[id].kind == .scalar else { return nil }
            var refused: (VariableReading, Grammar?)?
            for shape in shapes where shape.takesVariables {
                guard let found = shape.refusedReading(id, in: tree) else { return nil }
                refused = refused ?? found
            }
            return refused
        default: return nil
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
