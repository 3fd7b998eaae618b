/// Turns a Compose value into an HCL template that means the same to Buildx.
///
/// Compose interpolates `${X}` where a Compose file is read; a bake file is HCL, which has templates of its own. Each
/// variable becomes a bake `variable`, which Buildx sets from the environment just as Compose does. Where Compose tells
/// an unset variable from an empty one (`${X-d}` against `${X:-d}`), Buildx cannot: both become the latter.
struct HCLTemplate {
    /// The template.
    private(set) var text = ""
    /// The names of the variables in it, in the order of their first use.
    private(set) var variables: [String] = []

    /// The value of an environment variable, and nothing at all where it is unset.
    init(valueOf variable: String) {
        text = "${\(variable) != \"\" ? \(variable) : null}"
        variables = [variable]
    }

    init(compose value: String) {
        var reader = Reader(Array(value.unicodeScalars))
        text = reader.template(until: nil)
        variables = reader.variables
    }

    private struct Reader {
        let scalars: [Unicode.Scalar]
        var index = 0
        var variables: [String] = []
        /// Whether the text stands in a quoted string of an expression.
        private var isQuoted = false

        init(_ scalars: [Unicode.Scalar]) { self.scalars = scalars }

        /// Reads to a closing brace or to the end.
        mutating func template(until end: Unicode.Scalar?) -> String {
            var text = ""
            while index < scalars.count, scalars[index] != end {
                let scalar = scalars[index]
                index += 1
                guard scalar == "$", index < scalars.count else {
                    text += literal(scalar, isBeforeBrace: index < scalars.count && scalars[index] == "{")
                    continue
                }
                if scalars[index] == "$" {
                    index += 1
                    text += literal("$", isBeforeBrace: index < scalars.count && scalars[index] == "{")
                } else if scalars[index] == "{" {
                    index += 1
                    text += "${" + braced() + "}"
                } else if let name = name() {
                    text += "${" + name + "}"
                } else {
                    text += literal("$", isBeforeBrace: false)
                }
            }
            return text
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
                return name
            }
            index += 1
            let operand = quoted { $0.template(until: "}") }
            index += 1
            switch operation {
            case "-": return "\(name) != \"\" ? \(name) : \"\(operand)\""
            case "+": return "\(name) != \"\" ? \"\(operand)\" : \"\""
            default: return name
            }
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
            if !variables.contains(name) { variables.append(name) }
            return name
        }

        /// A literal character in an HCL template: `${` and `%{` would begin a sequence.
        private func literal(_ scalar: Unicode.Scalar, isBeforeBrace: Bool) -> String {
            switch scalar {
            case "$" where isBeforeBrace: "$$"
            case "%" where isBeforeBrace: "%%"
            case "\"" where isQuoted: "\\\""
            case "\\" where isQuoted: "\\\\"
            case "\n" where isQuoted: "\\n"
            case "\r" where isQuoted: "\\r"
            default: String(Character(scalar))
            }
        }
    }
}
