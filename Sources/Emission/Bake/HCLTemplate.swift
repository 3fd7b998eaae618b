import SourceText

/// Turns a Compose value into an HCL template that means the same to Buildx.
///
/// Compose interpolates `${X}` where a Compose file is read; a bake file is HCL, which has templates of its own. Each
/// variable becomes a bake `variable`, which Buildx sets from the environment just as Compose does. Its default is the empty
/// text, and null if it is nullable: where some value tells the unset variable from the empty one (`${X-d}` against
/// `${X:-d}`). A variable that must be set (`${X:?text}`) fails with that text.
struct HCLTemplate {
    /// The template.
    private(set) var text = ""
    /// The names of the variables in it, in the order of their first use.
    private(set) var variables: [String] = []
    /// The names of those that the value tells unset from empty.
    private(set) var nullables: Set<String> = []

    /// The value of an environment variable, and nothing at all where it is unset.
    init(valueOf variable: String, nullable: Set<String> = []) {
        text = nullable.contains(variable) ? "${\(variable)}" : "${\(variable) != \"\" ? \(variable) : null}"
        variables = [variable]
    }

    /// - Parameter nullable: the variables whose default is null.
    init(compose value: String, nullable: Set<String> = []) {
        var reader = Reader(Array(value.unicodeScalars), nullable)
        text = reader.template(until: nil)
        variables = reader.variables.values
        nullables = reader.nullables
    }

    private struct Reader {
        let scalars: [Unicode.Scalar]
        var index = 0
        var variables = Distinct<String>()
        var nullables: Set<String> = []
        private let nullable: Set<String>
        /// Whether the text stands in a quoted string of an expression.
        private var isQuoted = false

        init(_ scalars: [Unicode.Scalar], _ nullable: Set<String>) {
            self.scalars = scalars
            self.nullable = nullable
        }

        /// Reads to a closing brace or to the end.
        ///
        /// Compose takes `$${` for an opening brace too when it looks for the closing one.
        mutating func template(until end: Unicode.Scalar?) -> String {
            var text = Literals(isQuoted: isQuoted)
            var depth = 0
            while index < scalars.count, scalars[index] != end || depth > 0 {
                let scalar = scalars[index]
                index += 1
                if scalar == "}", depth > 0 { depth -= 1 }
                guard scalar == "$", index < scalars.count else {
                    text.append(scalar)
                    continue
                }
                if scalars[index] == "$" {
                    index += 1
                    text.append("$")
                    if end != nil, index < scalars.count, scalars[index] == "{" { depth += 1 }
                } else if scalars[index] == "{" {
                    index += 1
                    text.append(expression: braced())
                } else if let name = name() {
                    text.append(expression: value(of: name))
                } else {
                    text.append("$")
                }
            }
            return text.finished
        }

        /// What stands in `${…}`, as an HCL expression.
        private mutating func braced() -> String {
            guard let name = name() else {
                skipPastBrace()
                return "\"\""
            }
            var colon = false
            if index < scalars.count, scalars[index] == ":" {
                colon = true
                index += 1
            }
            let operation = index < scalars.count ? scalars[index] : "}"
            if operation == "}" && !colon {
                index += 1
                return value(of: name)
            }
            index += 1
            let operand = quoted { $0.template(until: "}") }
            index += 1
            if !colon, "-+?".unicodeScalars.contains(operation) { nullables.insert(name) }
            let isNullable = nullable.contains(name)
            let isThere =
                isNullable
                ? colon ? "(\(value(of: name))) != \"\"" : "\(name) != null"
                : "\(name) != \"\""
            switch operation {
            case "-": return "\(isThere) ? \(name) : \"\(operand)\""
            case "+": return "\(isThere) ? \"\(operand)\" : \"\""
            case "?": return "\(isThere) ? \(name) : \(Self.failure(name, operand))"
            default: return value(of: name)
            }
        }

        /// What a variable is where Compose takes the unset one for the empty one.
        private func value(of name: String) -> String {
            nullable.contains(name) ? "\(name) == null ? \"\" : \(name)" : name
        }

        /// An expression that fails with what Compose says of a variable that must be set: Buildx before 0.18 knows no
        /// validation, and tells the text that it cannot read as a number.
        private static func failure(_ name: String, _ text: String) -> String {
            "parseint(\"required variable \(name) is missing a value: \(text)\", 10)"
        }

        /// What is read inside a quoted string of an expression, where HCL knows escapes; outside of one it knows none.
        private mutating func quoted(_ read: (inout Reader) -> String) -> String {
            let outer = isQuoted
            isQuoted = true
            defer { isQuoted = outer }
            return read(&self)
        }

        private mutating func skipPastBrace() {
            while index < scalars.count, scalars[index] != "}" { index += 1 }
            index += 1
        }

        private mutating func name() -> String? {
            var name = ""
            while index < scalars.count {
                let scalar = scalars[index]
                let isLetter = scalar == "_" || ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
                guard isLetter || (!name.isEmpty && ("0"..."9").contains(scalar)) else { break }
                name.unicodeScalars.append(scalar)
                index += 1
            }
            if name.isEmpty { return nil }
            variables.add(name)
            return name
        }
    }

    /// A template that grows. `${` and `%{` begin a sequence in HCL, and `$${` stands for `${`: dollar and per cent
    /// signs wait until what follows them is known.
    private struct Literals {
        let isQuoted: Bool
        private var text = ""
        private var signs = ""

        init(isQuoted: Bool) { self.isQuoted = isQuoted }

        var finished: String { text + signs }

        mutating func append(_ scalar: Unicode.Scalar) {
            switch scalar {
            case "$", "%": signs.unicodeScalars.append(scalar)
            case "{" where signs.count == 1: flush(signs + signs + "{")
            case "{" where !signs.isEmpty: flush("${\"\(signs)\"}{")
            case "\"" where isQuoted: flush(signs + "\\\"")
            case "\\" where isQuoted: flush(signs + "\\\\")
            case "\n" where isQuoted: flush(signs + "\\n")
            case "\r" where isQuoted: flush(signs + "\\r")
            default: flush(signs + String(Character(scalar)))
            }
        }

        mutating func append(expression: String) {
            flush((signs.isEmpty ? "" : "${\"\(signs)\"}") + "${" + expression + "}")
        }

        private mutating func flush(_ piece: String) {
            text += piece
            signs = ""
        }
    }
}
