import Diagnostics
import SourceText

/// Explicit tags that do not fit what they stand at: Compose's reader refuses such a value, or reads another one.
extension TreeBuilder {
    /// How many of them are told; nobody reads more, and each costs memory.
    private static let mostTold = 1000

    /// The tag that a scalar keeps: its own where it fits, and otherwise, once that is told, one by which nothing
    /// further is said of the value.
    mutating func fitted(_ tag: Tag, to text: UnsafeBufferPointer<UInt8>, at span: Span) -> Tag {
        guard let fault = Self.fault(tag, text) else { return tag }
        tell("`\(tag.name)` does not fit `\(String(decoding: text.prefix(60), as: UTF8.self))`", fault, span)
        return isKeyNext ? .none : .unreadable
    }

    /// The tag that a collection keeps.
    mutating func fitted(_ tag: Tag, to kind: Node.Kind, at span: Span) -> Tag {
        switch (tag, kind) {
        case (.string, _), (.integer, _), (.float, _), (.boolean, _), (.null, _), (.timestamp, _), (.binary, _),
            (.merge, _), (.sequence, .mapping), (.mapping, .sequence):
            tell("`\(tag.name)` does not fit a \(kind)", "this is a \(kind)", span)
            return .none
        default: return tag
        }
    }

    private mutating func tell(_ message: String, _ label: String, _ span: Span) {
        mistaggedCount += 1
        if mistaggedCount > Self.mostTold { return }
        report(
            .wrongType, message, span, label,
            why: "Compose reads the value by its tag, and refuses a file with a tag that does not fit",
            help: ["remove the tag, or write a value of it"])
    }

    /// What is wrong with a scalar for its tag, as go-yaml decides it; nil where the tag fits.
    private static func fault(_ tag: Tag, _ text: UnsafeBufferPointer<UInt8>) -> String? {
        let type = plainScalarType(text)
        switch tag {
        case .integer: return type == .integer ? nil : "this is no integer"
        case .float: return type == .float || type == .integer && isDecimal(text) ? nil : "this is no decimal number"
        case .boolean: return type == .boolean ? nil : "this is neither `true` nor `false`"
        case .null: return type == .null ? nil : "this is not `null`"
        case .timestamp: return type == .timestamp ? nil : "this is no date"
        case .binary: return "Compose would read the bytes that this encodes, not this text"
        case .sequence: return "this is no list"
        case .mapping: return "this is no mapping"
        case .merge: return text.elementsEqual("<<".utf8) ? nil : "this is not `<<`"
        case .none, .string, .reset, .override, .other, .unreadable: return nil
        }
    }

    /// Digits that every reader counts in tens, of a number in 64 bits with a sign: go-yaml makes no float of another.
    private static func isDecimal(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        let isSigned = text.first == UInt8(ascii: "-") || text.first == UInt8(ascii: "+")
        let digits = isSigned ? text.dropFirst() : text[...]
        return digits.allSatisfy { (0x30...0x39).contains($0) }
            && (digits.first != UInt8(ascii: "0") || digits.count == 1)
            && Int64(String(decoding: text, as: UTF8.self)) != nil
    }
}

extension Tag {
    /// The tag as authors write it.
    fileprivate var name: String {
        switch self {
        case .string: "!!str"
        case .integer: "!!int"
        case .float: "!!float"
        case .boolean: "!!bool"
        case .null: "!!null"
        case .timestamp: "!!timestamp"
        case .binary: "!!binary"
        case .sequence: "!!seq"
        case .mapping: "!!map"
        case .merge: "!!merge"
        case .reset: "!reset"
        case .override: "!override"
        case .none, .other, .unreadable: "!"
        }
    }
}
