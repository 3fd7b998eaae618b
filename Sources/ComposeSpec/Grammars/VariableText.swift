import SourceText

/// A text with Compose's variables, taken apart: `redis:${TAG:-7}-alpine` is a literal, a variable and a literal.
package struct VariableText: Sendable, Equatable {
    package enum Piece: Sendable, Equatable {
        case literal(String)
        indirect case variable(Variable)
    }

    /// One variable with what stands in its braces.
    package struct Variable: Sendable, Equatable {
        /// What happens to the variable's value.
        package enum Operation: Sendable, Equatable {
            /// `${NAME}`: it is taken as it is, and unset is empty.
            case value
            /// `${NAME:-word}`: the word stands in for it.
            case fallback
            /// `${NAME:?word}`: it must be there, or the word is the reason.
            case requirement
            /// `${NAME:+word}`: the word takes its place where it is there.
            case alternative
        }

        package let name: String
        package let operation: Operation
        /// Whether an empty value counts as unset: the operator has a colon.
        package let emptyIsUnset: Bool
        /// What stands behind the operator.
        package let word: VariableText

        /// The word that is put in while the variable is unset; nil for one that has none.
        var settledWord: VariableText? {
            switch operation {
            case .fallback: word
            case .alternative: VariableText(pieces: [])
            case .value, .requirement: nil
            }
        }
    }

    package let pieces: [Piece]

    private init(pieces: [Piece]) { self.pieces = pieces }

    /// Takes a text apart; nil where Compose cannot read a variable in it, or variables stand in one another 50 deep.
    package init?(_ text: String) {
        var bytes = Array(text.utf8)
        guard bytes.withUnsafeBufferPointer({ Interpolation.fault($0) }) == nil else { return nil }
        bytes.append(0)
        var reader = Reader(bytes: bytes)
        guard let pieces = reader.pieces(depth: 0) else { return nil }
        self.pieces = pieces
    }

    /// The names of the variables, in the order of their first use.
    package var names: [String] {
        var names = Distinct<String>()
        func collect(_ text: VariableText) {
            for case .variable(let variable) in text.pieces {
                names.add(variable.name)
                collect(variable.word)
            }
        }
        collect(self)
        return names.values
    }

    /// What the text is while no variable is set; nil where one has no default.
    package var settled: String? { settled(upTo: nil) }

    /// What the text is in front of the first such character that stands in no variable, while no variable is set.
    ///
    /// - Returns: nil where a variable in that part has no default.
    package func settled(upTo separator: Character?) -> String? {
        var text = ""
        for piece in pieces {
            switch piece {
            case .literal(let literal):
                if let separator, let end = literal.firstIndex(of: separator) { return text + literal[..<end] }
                text += literal
            case .variable(let variable):
                guard let word = variable.settledWord?.settled else { return nil }
                text += word
            }
        }
        return text
    }

    /// Whether it has a byte whatever the variables are.
    package var isNeverEmpty: Bool {
        pieces.contains { piece in
            guard case .variable(let variable) = piece else { return true }
            guard variable.emptyIsUnset else { return false }
            return switch variable.operation {
            case .fallback: variable.word.isNeverEmpty
            case .requirement: true
            case .value, .alternative: false
            }
        }
    }

    /// The text with the defaults in place; a variable without one leaves a hole.
    ///
    /// - Parameter putsIn: whether the words of `${NAME:+word}` stand in their place, and not nothing.
    func holed(putsIn alternatives: Bool) -> [Hole] {
        var holes: [Hole] = []
        for piece in pieces {
            switch piece {
            case .literal(let text): holes.append(.text(text))
            case .variable(let variable):
                if variable.operation == .alternative, alternatives {
                    holes += variable.word.holed(putsIn: true)
                } else if let word = variable.settledWord {
                    holes += word.holed(putsIn: alternatives)
                } else {
                    holes.append(.hole)
                }
            }
        }
        return holes
    }

    /// Whether some `${NAME:+word}` is in it.
    var hasAlternatives: Bool {
        pieces.contains { piece in
            guard case .variable(let variable) = piece else { return false }
            return variable.operation == .alternative || variable.word.hasAlternatives
        }
    }

    enum Hole: Equatable {
        case text(String)
        case hole

        /// Whether a dollar sign stands in a text, which `$$` makes.
        var hasDollar: Bool {
            if case .text(let text) = self { text.utf8.contains(UInt8(ascii: "$")) } else { false }
        }
    }

    private struct Reader {
        /// The text with a zero byte behind it.
        let bytes: [UInt8]
        var index = 0

        /// Reads to a closing brace, if it is in one, or to the end.
        mutating func pieces(depth: Int) -> [Piece]? {
            if depth > 50 { return nil }
            var pieces: [Piece] = []
            var literal: [UInt8] = []
            func flush() {
                if !literal.isEmpty { pieces.append(.literal(String(decoding: literal, as: UTF8.self))) }
                literal.removeAll()
            }
            while index < bytes.count - 1 {
                let byte = bytes[index]
                if byte == UInt8(ascii: "}"), depth > 0 { break }
                index += 1
                guard byte == UInt8(ascii: "$") else {
                    literal.append(byte)
                    continue
                }
                // `$$` is one dollar sign, and begins no variable.
                if bytes[index] == byte {
                    index += 1
                    literal.append(byte)
                    continue
                }
                let isBraced = bytes[index] == UInt8(ascii: "{")
                if isBraced { index += 1 }
                let name = name()
                if name.isEmpty {
                    literal.append(byte)
                    continue
                }
                guard let variable = isBraced ? braced(name, depth) : plain(name) else { return nil }
                flush()
                pieces.append(.variable(variable))
            }
            flush()
            return pieces
        }

        private func plain(_ name: String) -> Variable {
            Variable(name: name, operation: .value, emptyIsUnset: false, word: VariableText(pieces: []))
        }

        /// What follows the name in the braces, and the closing brace.
        private mutating func braced(_ name: String, _ depth: Int) -> Variable? {
            if bytes[index] == UInt8(ascii: "}") {
                index += 1
                return plain(name)
            }
            let hasColon = bytes[index] == UInt8(ascii: ":")
            if hasColon { index += 1 }
            let operation: Variable.Operation
            switch bytes[index] {
            case UInt8(ascii: "-"): operation = .fallback
            case UInt8(ascii: "?"): operation = .requirement
            case UInt8(ascii: "+"): operation = .alternative
            default: return nil
            }
            index += 1
            guard let word = pieces(depth: depth + 1), bytes[index] == UInt8(ascii: "}") else { return nil }
            index += 1
            return Variable(
                name: name, operation: operation, emptyIsUnset: hasColon, word: VariableText(pieces: word))
        }

        private mutating func name() -> String {
            let start = index
            while bytes[index] == UInt8(ascii: "_") || isLower(bytes[index] | 0x20)
                || (index > start && isDigit(bytes[index]))
            { index += 1 }
            return String(decoding: bytes[start..<index], as: UTF8.self)
        }
    }
}
