@testable import YAMLSyntax

/// A value of JSON: what a document means once its scalars have types.
indirect enum JSONValue: Equatable, Decodable {
    case null
    case boolean(Bool)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if value.decodeNil() {
            self = .null
        } else if let boolean = try? value.decode(Bool.self) {
            self = .boolean(boolean)
        } else if let number = try? value.decode(Double.self) {
            self = .number(number)
        } else if let string = try? value.decode(String.self) {
            self = .string(string)
        } else if let array = try? value.decode([JSONValue].self) {
            self = .array(array)
        } else {
            self = .object(try value.decode([String: JSONValue].self))
        }
    }

    /// What Bayplan takes a node for; a timestamp is a string to JSON.
    init(_ tree: Tree, _ id: NodeID) {
        switch tree[id].kind {
        case .sequence: self = .array(tree.items(id).map { JSONValue(tree, $0) })
        case .mapping:
            let entries = tree.entries(id).map { (tree.text($0.key), JSONValue(tree, $0.value)) }
            self = .object(Dictionary(entries) { first, _ in first })
        case .scalar:
            let text = tree.text(id)
            switch tree.scalarType(id) {
            case .null: self = .null
            case .boolean: self = .boolean(["true", "True", "TRUE"].contains(text))
            case .integer, .float: self = Self.number(text)
            case .string, .timestamp: self = .string(text)
            }
        }
    }

    private static func number(_ text: String) -> JSONValue {
        let digits = text.filter { $0 != "_" }
        for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] where digits.lowercased().hasPrefix(prefix) {
            if let value = Int64(digits.dropFirst(2), radix: radix) { return .number(Double(value)) }
        }
        return Double(digits).map { .number($0) } ?? .string(text)
    }
}
