/// Whether some reader takes the plain text for something other than this string.
///
/// go-yaml's own rules are those of `plainScalarType`; the rest are YAML 1.1 as PyYAML 6 resolves it and the core
/// schema of YAML 1.2. `docker stack` reads by an older go-yaml, to which `y` and `n` are truth values, as YAML 1.1 has it.
func isResolvedBySomeReader(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = text.first else { return true }
    switch first {
    case UInt8(ascii: "y"), UInt8(ascii: "Y"): return text.count == 1 || isOne(text, of: ["yes", "Yes", "YES"])
    case UInt8(ascii: "o"), UInt8(ascii: "O"): return isOne(text, of: ["on", "On", "ON", "off", "Off", "OFF"])
    case UInt8(ascii: "n"), UInt8(ascii: "N"):
        return text.count == 1 || isOne(text, of: ["no", "No", "NO"]) || plainScalarType(text) != .string
    case UInt8(ascii: "="): return text.count == 1
    case UInt8(ascii: "<"): return isOne(text, of: ["<<"])
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
        return plainScalarType(text) != .string || isNumberElsewhere(text) || isTimestampElsewhere(text)
    default: return plainScalarType(text) != .string
    }
}

/// Numbers of YAML 1.1 that go-yaml does not know: base 60, and digits that are nothing but underscores. Numbers of
/// YAML 1.2 that it gives up on: floats beyond a double.
private func isNumberElsewhere(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    var scan = ByteScanner(text)
    if !scan.take("+") { _ = scan.take("-") }
    let body = scan.index
    let whole = scan.takeWhile { isDigit($0) || $0 == UInt8(ascii: "_") }
    if whole == 0 {
        // `._` was a float up to PyYAML 5.
        guard scan.take("."), scan.takeWhile({ isDigit($0) || $0 == UInt8(ascii: "_") }) > 0 else { return false }
        if scan.isAtEnd { return true }
        guard scan.take("e") || scan.take("E"), scan.take("+") || scan.take("-") else { return false }
        return scan.takeWhile(isDigit) > 0 && scan.isAtEnd
    }
    guard isDigit(text[body]) else { return false }
    if scan.isAtEnd { return true }
    if whole == 1, text[body] == UInt8(ascii: "0") {
        if scan.take("b") { return scan.takeWhile { "01_".utf8.contains($0) } > 0 && scan.isAtEnd }
        if scan.take("x") { return scan.takeWhile { isHexadecimal($0) || $0 == UInt8(ascii: "_") } > 0 && scan.isAtEnd }
    }
    var groups = 0
    while scan.take(":") {
        let start = scan.index
        let digits = scan.takeWhile(isDigit)
        guard digits == 1 || digits == 2 && text[start] <= UInt8(ascii: "5") else { return false }
        groups += 1
    }
    if groups > 0 {
        if scan.isAtEnd { return text[body] != UInt8(ascii: "0") }
        guard scan.take(".") else { return false }
        _ = scan.takeWhile { isDigit($0) || $0 == UInt8(ascii: "_") }
        return scan.isAtEnd
    }
    return isDecimalFloat(text[body...])
}

/// Times as YAML 1.1 writes them, whether or not the calendar has them: PyYAML fails on the thirtieth of February.
private func isTimestampElsewhere(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    var scan = ByteScanner(text)
    func digits(_ range: ClosedRange<Int>) -> Bool { range.contains(scan.takeWhile(isDigit)) }
    guard digits(4...4), scan.take("-"), digits(1...2), scan.take("-"), digits(1...2) else { return false }
    if scan.isAtEnd { return true }
    if !scan.take("T"), !scan.take("t"), scan.takeWhile(isBlank) == 0 { return false }
    guard digits(1...2), scan.take(":"), digits(1...2), scan.take(":"), digits(1...2) else { return false }
    if scan.take(".") { _ = scan.takeWhile(isDigit) }
    _ = scan.takeWhile(isBlank)
    if scan.isAtEnd || scan.take("Z") { return scan.isAtEnd }
    guard scan.take("+") || scan.take("-"), digits(1...2) else { return false }
    if scan.take(":") { return digits(1...2) && scan.isAtEnd }
    return scan.isAtEnd
}

private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
