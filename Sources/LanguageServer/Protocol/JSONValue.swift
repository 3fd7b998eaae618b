import Diagnostics

/// A JSON value as the protocol's messages hold it.
///
/// This module speaks the Language Server Protocol 3.17: messages in, messages out, nothing else. It reads no file and
/// no clock; what a manifest means is asked of the pipeline, through the host that is given to the server.
package enum JSONValue: Sendable, Equatable {
    case null
    case boolean(Bool)
    /// A number without fraction and exponent that an `Int` holds.
    case integer(Int)
    /// Any other number.
    case number(Double)
    case string(String)
    case array([JSONValue])
    /// In the order of the text; the last of equal keys counts.
    case object([Member])

    package struct Member: Sendable, Equatable {
        let key: String
        let value: JSONValue

        init(_ key: String, _ value: JSONValue) {
            self.key = key
            self.value = value
        }
    }

    /// The member of an object; nil for a missing one, for null, and for what is no object.
    package subscript(key: String) -> JSONValue? {
        guard case .object(let members) = self, let found = members.last(where: { $0.key == key })?.value,
            found != .null
        else { return nil }
        return found
    }

    /// Whether an object has a member, which may be null.
    func holds(_ key: String) -> Bool {
        if case .object(let members) = self { members.contains { $0.key == key } } else { false }
    }

    package var string: String? { if case .string(let text) = self { text } else { nil } }
    package var integer: Int? { if case .integer(let number) = self { number } else { nil } }
    package var isTrue: Bool { self == .boolean(true) }
    package var items: [JSONValue] { if case .array(let items) = self { items } else { [] } }

    /// The compact text of the value.
    package var bytes: [UInt8] {
        var json = JSONWriter(.compact)
        write(to: &json)
        return json.finish()
    }

    /// As deep as the value is: the reader bounds what clients send, and answers are shallow.
    private func write(to json: inout JSONWriter) {
        switch self {
        case .null: json.null()
        case .boolean(let value): json.boolean(value)
        case .integer(let value): json.number(value)
        case .number: json.null()
        case .string(let value): json.string(value)
        case .array(let items): json.array(of: items) { json, item in item.write(to: &json) }
        case .object(let members):
            json.object { json in
                for member in members {
                    json.key(member.key)
                    member.value.write(to: &json)
                }
            }
        }
    }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    package init(stringLiteral value: String) { self = .string(value) }
    package init(integerLiteral value: Int) { self = .integer(value) }
    package init(booleanLiteral value: Bool) { self = .boolean(value) }
    package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    package init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(elements.map { Member($0.0, $0.1) })
    }
}
