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

    package init(_ layout: Layout = .pretty) { self.layout = layout }

    /// What was written, closed by a line feed when pretty.
    package func finish() -> [UInt8] { layout == .pretty ? bytes + [0x0A] : bytes }

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
        bytes.append(contentsOf: repeatElement(0x20, count: 2 * depth))
    }

    private mutating func quote(_ text: String) {
        bytes.append(0x22)
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F && $0 != 0x22 && $0 != 0x5C && $0 != 0x23 }) {
            bytes.append(contentsOf: text.utf8)
        } else {
            var hashes = 0
            for scalar in text.unicodeScalars {
                if scalar == "[" && hashes >= 2 { appendEscape(0x5B) } else { append(scalar) }
                hashes = scalar == "#" ? hashes + 1 : 0
            }
        }
        bytes.append(0x22)
    }

    private mutating func append(_ scalar: Unicode.Scalar) {
        switch scalar {
        case "\"", "\\": bytes += [0x5C, UInt8(scalar.value)]
        case "\n": bytes += [0x5C, 0x6E]
        case "\r": bytes += [0x5C, 0x72]
        case "\t": bytes += [0x5C, 0x74]
        default:
            if scalar.value >= 0x20 && scalar.value < 0x7F {
                bytes.append(UInt8(scalar.value))
            } else if scalar.value < 0x20 || isInvisible(scalar) {
                for unit in String(scalar).utf16 { appendEscape(unit) }
            } else {
                bytes.append(contentsOf: String(scalar).utf8)
            }
        }
    }

    private mutating func appendEscape(_ unit: UInt16) {
        let digits = String(unit, radix: 16)
        bytes.append(contentsOf: ("\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits).utf8)
    }
}
