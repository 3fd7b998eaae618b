import SourceText

/// JSON text in the order in which it is written, pretty with two spaces a level or compact.
///
/// What could steer a terminal or a log is escaped (controls, bidirectional overrides, U+2028, the bracket of `##[`):
/// valid JSON, and inert when printed. The caller writes well-formed structure: a member where an object is open, a value elsewhere.
package struct JSONWriter: Sendable {
    package enum Layout: Sendable { case pretty, compact }

    private var bytes: [UInt8] = []
    private let layout: Layout
    private var depth = 0
    /// Whether the innermost object or array has something in it.
    private var hasContent = false
    /// Whether a key was written whose value comes next.
    private var awaitsValue = false
    /// What a line begins with, as far as it goes.
    private static let blanks: StaticString = "                                "

    package init(_ layout: Layout = .pretty) { self.layout = layout }

    /// What was written, closed by a line feed when pretty.
    package consuming func finish() -> [UInt8] {
        if layout == .pretty { bytes.append(0x0A) }
        return bytes
    }

    /// An object; the value of `key` where one is given.
    package mutating func object(_ key: String? = nil, _ body: (inout JSONWriter) -> Void) {
        if let key { self.key(key) }
        nested(0x7B, 0x7D, body)
    }

    /// An array; the value of `key` where one is given.
    package mutating func array(_ key: String? = nil, _ body: (inout JSONWriter) -> Void) {
        if let key { self.key(key) }
        nested(0x5B, 0x5D, body)
    }

    /// An array with one element for each item; the value of `key` where one is given.
    package mutating func array<Item>(
        _ key: String? = nil, of items: [Item], _ element: (inout JSONWriter, Item) -> Void
    ) {
        array(key) { json in for item in items { element(&json, item) } }
    }

    /// The key of the value that is written next.
    package mutating func key(_ key: String) {
        beginElement()
        quote(key)
        bytes.append(0x3A)
        if layout == .pretty { bytes.append(0x20) }
        awaitsValue = true
    }

    package mutating func string(_ value: String) {
        beginElement()
        quote(value)
    }

    /// Text as bytes; what is no UTF-8 becomes U+FFFD.
    package mutating func string(utf8 value: some Collection<UInt8>) { string(String(decoding: value, as: UTF8.self)) }

    package mutating func number(_ value: Int) { literal(String(value)) }
    package mutating func boolean(_ value: Bool) { literal(value ? "true" : "false") }
    package mutating func null() { literal("null") }

    package mutating func member(_ key: String, _ value: String) {
        self.key(key)
        string(value)
    }

    /// A string, or null.
    package mutating func member(_ key: String, orNull value: String?) {
        self.key(key)
        if let value { string(value) } else { null() }
    }

    package mutating func member(_ key: String, _ value: Int) {
        self.key(key)
        number(value)
    }

    package mutating func member(_ key: String, _ value: Bool) {
        self.key(key)
        boolean(value)
    }

    private mutating func literal(_ text: String) {
        beginElement()
        bytes.append(contentsOf: text.utf8)
    }

    private mutating func nested(_ open: UInt8, _ close: UInt8, _ body: (inout JSONWriter) -> Void) {
        beginElement()
        bytes.append(open)
        depth += 1
        hasContent = false
        body(&self)
        depth -= 1
        if hasContent { breakLine() }
        bytes.append(close)
        hasContent = true
    }

    private mutating func beginElement() {
        if awaitsValue {
            awaitsValue = false
            return
        }
        if hasContent { bytes.append(0x2C) }
        if depth > 0 { breakLine() }
        hasContent = true
    }

    private mutating func breakLine() {
        guard layout == .pretty else { return }
        bytes.append(0x0A)
        var rest = 2 * depth
        while rest > 0 {
            let count = min(rest, Self.blanks.utf8CodeUnitCount)
            bytes.append(contentsOf: UnsafeBufferPointer(start: Self.blanks.utf8Start, count: count))
            rest -= count
        }
    }

    private mutating func quote(_ text: String) {
        var text = text
        bytes.append(0x22)
        text.withUTF8 { quote($0) }
        bytes.append(0x22)
    }

    /// Appends runs of bytes that stand for themselves at once, and between them what must be escaped.
    private mutating func quote(_ text: UnsafeBufferPointer<UInt8>) {
        var start = 0
        var index = 0
        while true {
            index = ByteSearch.firstUnprintable(
                in: text, from: index, or: UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "["))
            guard index < text.count else { break }
            let byte = text[index]
            if byte == UInt8(ascii: "["), index < 2 || text[index - 1] != 0x23 || text[index - 2] != 0x23 {
                index += 1
                continue
            }
            bytes.append(contentsOf: text[start..<index])
            if byte < 0x80 {
                append(byte)
                index += 1
            } else {
                // A scalar of two to four bytes; the text is valid UTF-8.
                let length = byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
                let end = min(index + length, text.count)
                for scalar in String(decoding: text[index..<end], as: UTF8.self).unicodeScalars { append(scalar) }
                index = end
            }
            start = index
        }
        bytes.append(contentsOf: text[start...])
    }

    /// Appends a byte of ASCII escaped.
    private mutating func append(_ byte: UInt8) {
        switch byte {
        case 0x22, 0x5C: bytes += [0x5C, byte]
        case 0x0A: bytes += [0x5C, 0x6E]
        case 0x0D: bytes += [0x5C, 0x72]
        case 0x09: bytes += [0x5C, 0x74]
        default: appendEscape(UInt16(byte))
        }
    }

    /// Appends a scalar beyond ASCII: escaped where it is not seen.
    private mutating func append(_ scalar: Unicode.Scalar) {
        let text = String(scalar)
        if isInvisible(scalar) {
            for unit in text.utf16 { appendEscape(unit) }
        } else {
            bytes.append(contentsOf: text.utf8)
        }
    }

    private mutating func appendEscape(_ unit: UInt16) {
        let digits = String(unit, radix: 16)
        bytes.append(contentsOf: ("\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits).utf8)
    }
}
