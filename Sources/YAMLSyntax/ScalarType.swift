/// What a plain scalar is to the readers that Compose is built on.
///
/// The rules are those of go-yaml v3, which Docker Compose 2 reads with, measured with 2.26.1: YAML 1.2 booleans and
/// null, numbers of both YAML versions with underscores, timestamps. `yes`, `on` and `22:22` are strings to it.
package enum ScalarType: Sendable {
    case string, null, boolean, integer, float, timestamp
}

extension Tree {
    /// The type of a scalar after its style and tag; `string` for anything quoted.
    package func scalarType(_ id: NodeID) -> ScalarType {
        let node = self[id]
        switch node.tag {
        case .string, .binary, .other: return .string
        case .integer: return .integer
        case .float: return .float
        case .boolean: return .boolean
        case .null: return .null
        case .timestamp: return .timestamp
        default: break
        }
        guard node.kind == .scalar, node.style == .plain else { return .string }
        return withBytes(id) { plainScalarType($0) }
    }

    /// Whether a node is the null value: `~`, `null` or nothing at all.
    package func isNull(_ id: NodeID) -> Bool {
        let node = self[id]
        guard node.kind == .scalar, node.style == .plain || node.tag == .null, node.count <= 4 else { return false }
        return scalarType(id) == .null
    }
}

/// The type of a plain scalar's text.
package func plainScalarType(_ text: UnsafeBufferPointer<UInt8>) -> ScalarType {
    guard let first = text.first else { return .null }
    switch first {
    case UInt8(ascii: "~"):
        return text.count == 1 ? .null : .string
    case UInt8(ascii: "n"), UInt8(ascii: "N"):
        return isOne(text, of: ["null", "Null", "NULL"]) ? .null : .string
    case UInt8(ascii: "t"), UInt8(ascii: "T"):
        return isOne(text, of: ["true", "True", "TRUE"]) ? .boolean : .string
    case UInt8(ascii: "f"), UInt8(ascii: "F"):
        return isOne(text, of: ["false", "False", "FALSE"]) ? .boolean : .string
    case UInt8(ascii: "."):
        if isOne(text, of: [".nan", ".NaN", ".NAN", ".inf", ".Inf", ".INF"]) { return .float }
        return numberType(text)
    case UInt8(ascii: "+"), UInt8(ascii: "-"):
        if isOne(text, of: ["+.inf", "+.Inf", "+.INF", "-.inf", "-.Inf", "-.INF"]) { return .float }
        return numberType(text)
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
        if isTimestamp(text) { return .timestamp }
        return numberType(text)
    default:
        return .string
    }
}

private func isOne(_ text: UnsafeBufferPointer<UInt8>, of words: [StaticString]) -> Bool {
    for word in words where word.utf8CodeUnitCount == text.count {
        let bytes = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
        if bytes.elementsEqual(text) { return true }
    }
    return false
}

/// Integers as Go's `ParseInt(text, 0, 64)` reads them after underscores are dropped, and decimal floats.
private func numberType(_ text: UnsafeBufferPointer<UInt8>) -> ScalarType {
    var digits: [UInt8] = []
    for byte in text where byte != UInt8(ascii: "_") { digits.append(byte) }
    var body = digits[...]
    if let sign = body.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { body = body.dropFirst() }
    guard !body.isEmpty else { return .string }
    if body.count > 1, body.first == UInt8(ascii: "0"), let mark = body.dropFirst().first {
        let rest = body.dropFirst(2)
        switch mark | 0x20 {
        case UInt8(ascii: "x"):
            if !rest.isEmpty, rest.allSatisfy(isHexadecimal) { return .integer }
        case UInt8(ascii: "o"):
            if !rest.isEmpty, rest.allSatisfy({ (0x30...0x37).contains($0) }) { return .integer }
        case UInt8(ascii: "b"):
            if !rest.isEmpty, rest.allSatisfy({ (0x30...0x31).contains($0) }) { return .integer }
        default:
            if body.dropFirst().allSatisfy({ (0x30...0x37).contains($0) }) { return .integer }
        }
    } else if body.allSatisfy(isDigit) {
        return body.count <= 19 ? .integer : .float
    }
    return isDecimalFloat(body) ? .float : .string
}

private func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
private func isHexadecimal(_ byte: UInt8) -> Bool {
    isDigit(byte) || (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "f"))
}

/// `(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`, whole.
private func isDecimalFloat(_ text: ArraySlice<UInt8>) -> Bool {
    var rest = text
    let whole = rest.prefix(while: isDigit)
    rest = rest.dropFirst(whole.count)
    if rest.first == UInt8(ascii: ".") {
        let fraction = rest.dropFirst().prefix(while: isDigit)
        if whole.isEmpty && fraction.isEmpty { return false }
        rest = rest.dropFirst(1 + fraction.count)
    } else if whole.isEmpty {
        return false
    }
    if let mark = rest.first, mark | 0x20 == UInt8(ascii: "e") {
        rest = rest.dropFirst()
        if let sign = rest.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { rest = rest.dropFirst() }
        let exponent = rest.prefix(while: isDigit)
        if exponent.isEmpty { return false }
        rest = rest.dropFirst(exponent.count)
    }
    return rest.isEmpty
}

/// `YYYY-M-D`, optionally followed by a time: the shapes that go-yaml v3 reads as a time.
private func isTimestamp(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard text.count >= 8, text[4] == UInt8(ascii: "-"), text.prefix(4).allSatisfy(isDigit) else { return false }
    var index = 5
    func digits(_ range: ClosedRange<Int>) -> Bool {
        var count = 0
        while index < text.count, isDigit(text[index]), count < range.upperBound {
            index += 1
            count += 1
        }
        return range.contains(count)
    }
    guard digits(1...2), index < text.count, text[index] == UInt8(ascii: "-") else { return false }
    index += 1
    guard digits(1...2) else { return false }
    if index == text.count { return true }
    guard text[index] | 0x20 == UInt8(ascii: "t") || text[index] == 0x20 else { return false }
    index += 1
    guard digits(1...2), index < text.count, text[index] == UInt8(ascii: ":") else { return false }
    index += 1
    guard digits(1...2), index < text.count, text[index] == UInt8(ascii: ":") else { return false }
    index += 1
    return digits(1...2)
}
