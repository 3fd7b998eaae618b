/// What a plain scalar is to the readers that Compose is built on.
///
/// The rules are those of go-yaml v3, which Docker Compose 2 reads with, measured with 2.26.1: YAML 1.2 booleans and
/// null, numbers of both YAML versions with underscores, timestamps. `yes`, `on` and `22:22` are strings to it.
public enum ScalarType: Sendable {
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
        return underscoresSeparateDigits(text) ? numberType(text) : .string
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

func isOne(_ text: UnsafeBufferPointer<UInt8>, of words: [StaticString]) -> Bool {
    for word in words where word.utf8CodeUnitCount == text.count {
        let bytes = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
        if bytes.elementsEqual(text) { return true }
    }
    return false
}

/// Integers as Go's `ParseInt(text, 0, 64)` and `ParseUint` read them after underscores are dropped, and decimal
/// floats; what exceeds 64 bits is a float if it is decimal, and a string otherwise.
private func numberType(_ text: UnsafeBufferPointer<UInt8>) -> ScalarType {
    var hasUnderscore = false
    for byte in text {
        if byte == UInt8(ascii: "_") { hasUnderscore = true }
        guard canStandInNumber(byte) else { return .string }
    }
    if hasUnderscore { return text.filter { $0 != UInt8(ascii: "_") }.withUnsafeBufferPointer { numberType($0) } }
    var body = text[...]
    let sign = body.first.flatMap { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") ? $0 : nil }
    if sign != nil { body = body.dropFirst() }
    let bound: UInt64 =
        switch sign {
        case nil: .max
        case UInt8(ascii: "-"): 1 << 63
        default: (1 << 63) - 1
        }
    guard let first = body.first else { return .string }
    if body.count > 1, first == UInt8(ascii: "0"), let mark = body.dropFirst().first {
        let rest = body.dropFirst(2)
        switch mark | 0x20 {
        case UInt8(ascii: "x"): return isInteger(rest, radix: 16, bound) ? .integer : .string
        case UInt8(ascii: "o"): return isInteger(rest, radix: 8, bound) ? .integer : .string
        case UInt8(ascii: "b"): return isInteger(rest, radix: 2, bound) ? .integer : .string
        default:
            if isInteger(body.dropFirst(), radix: 8, bound) { return .integer }
        }
    } else if isInteger(body, radix: 10, bound) {
        return .integer
    }
    guard isDecimalFloat(body) else { return .string }
    // Go refuses a float beyond a double; the text then stays a string.
    return Double(String(decoding: body, as: UTF8.self))?.isInfinite == false ? .float : .string
}

/// Digits of any radix, radix marks, signs, the point and the underscore.
private func canStandInNumber(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "+"), UInt8(ascii: "-"): true
    case UInt8(ascii: "x"), UInt8(ascii: "X"), UInt8(ascii: "o"), UInt8(ascii: "O"): true
    default: isHexadecimal(byte)
    }
}

/// What Go's `ParseFloat` asks of underscores; only text that begins with a point reaches it with them.
private func underscoresSeparateDigits(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    text.indices.allSatisfy { index in
        guard text[index] == UInt8(ascii: "_") else { return true }
        return index > 0 && index + 1 < text.count && isDigit(text[index - 1]) && isDigit(text[index + 1])
    }
}

/// Whether all bytes are digits of a radix up to 16 and their value is within a bound.
private func isInteger(_ digits: Slice<UnsafeBufferPointer<UInt8>>, radix: UInt64, _ bound: UInt64) -> Bool {
    var value: UInt64 = 0
    for byte in digits {
        let digit = isDigit(byte) ? UInt64(byte & 0xF) : isHexadecimal(byte) ? UInt64(byte & 0xF) + 9 : 16
        guard digit < radix else { return false }
        let (product, overflow) = value.multipliedReportingOverflow(by: radix)
        let (sum, carry) = product.addingReportingOverflow(digit)
        if overflow || carry || sum > bound { return false }
        value = sum
    }
    return !digits.isEmpty
}

/// `(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`, whole.
func isDecimalFloat(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
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

/// `YYYY-M-D`, with a time behind a blank, or with a time and a zone behind `T`: the layouts that go-yaml v3 tries,
/// for days and times that exist.
private func isTimestamp(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard text.count >= 8, text[4] == UInt8(ascii: "-"), text.prefix(4).allSatisfy(isDigit) else { return false }
    let year = text.prefix(4).reduce(0) { $0 * 10 + Int($1 & 0xF) }
    var scan = ByteScanner(text)
    _ = scan.takeWhile(isDigit)
    guard scan.take("-"), let month = scan.takeShortNumber(), scan.take("-"), let day = scan.takeShortNumber(),
        (1...12).contains(month), day >= 1, day <= days(in: month, of: year)
    else { return false }
    if scan.isAtEnd { return true }
    let hasZone = scan.take("T") || scan.take("t")
    guard hasZone || scan.take(" ") else { return false }
    guard let hour = scan.takeShortNumber(), hour < 24, scan.take(":"), let minute = scan.takeShortNumber(),
        minute < 60, scan.take(":"), let second = scan.takeShortNumber(), second < 60
    else { return false }
    let hasFraction = scan.take(".") || scan.take(",")
    if hasFraction, scan.takeWhile(isDigit) == 0 { return false }
    if !hasZone || scan.take("Z") { return scan.isAtEnd }
    guard scan.take("+") || scan.take("-"), scan.takeWhile(isDigit) == 2, scan.take(":") else { return false }
    return scan.takeWhile(isDigit) == 2 && scan.isAtEnd
}

private func days(in month: Int, of year: Int) -> Int {
    switch month {
    case 4, 6, 9, 11: 30
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    default: 31
    }
}
