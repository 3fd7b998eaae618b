import YAMLSyntax

extension Tree {
    /// What Compose makes of a plain scalar where it wants a text: the number or truth value as Go writes it.
    ///
    /// Measured with Docker Compose 2.26: integers in decimal, floats as Go's `%v`, `True` as `true`. Nil where it is the
    /// text itself.
    package func arrivingText(_ id: NodeID) -> String? {
        if withBytes(id, Self.isDecimalItself) { return nil }
        let type = scalarType(id)
        if type == .string { return nil }
        let text = self.text(id)
        let arriving: String
        switch type {
        case .boolean: arriving = text.lowercased()
        case .integer: arriving = Self.decimal(text) ?? text
        case .float: arriving = Double(text.filter { $0 != "_" }).map(Self.goText) ?? text
        case .string, .null, .timestamp: return nil
        }
        return arriving == text ? nil : arriving
    }

    /// Whether a text is digits that Go writes as they stand; most numbers are.
    private static func isDecimalItself(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        text.count < 19 && text.allSatisfy { (0x30...0x39).contains($0) }
            && (text.first != UInt8(ascii: "0") || text.count == 1)
    }

    /// An integer of any radix in decimal.
    private static func decimal(_ text: String) -> String? {
        var digits = text.lowercased().filter { $0 != "_" }[...]
        let isNegative = digits.hasPrefix("-")
        if isNegative || digits.hasPrefix("+") { digits = digits.dropFirst() }
        var radix = 10
        for (prefix, base) in [("0x", 16), ("0o", 8), ("0b", 2)] where digits.hasPrefix(prefix) {
            radix = base
            digits = digits.dropFirst(2)
        }
        if radix == 10, digits.hasPrefix("0") { radix = 8 }
        return UInt64(digits, radix: radix).map { (isNegative && $0 != 0 ? "-" : "") + String($0) }
    }

    /// A double as Go's `%v` writes it: its shortest digits, with an exponent below -4 and from 6 on. Neither infinite nor
    /// no number: those are words, which Compose refuses.
    private static func goText(_ value: Double) -> String {
        if value == 0 { return value.sign == .minus ? "-0" : "0" }
        // Swift writes the shortest digits, too, and an exponent below -4; others it writes with zeros in front of them.
        var digits: [Character] = []
        var point: Int?
        let shown = "\(abs(value))"
        let parts = shown.split(separator: "e")
        for character in parts[0] {
            if character == "." { point = digits.count } else { digits.append(character) }
        }
        let exponent = (point ?? digits.count) - 1 + (parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
        while digits.count > 1, digits.last == "0" { digits.removeLast() }
        let sign = value < 0 ? "-" : ""
        if exponent < 0 || exponent >= exponentBound {
            let mantissa = String(digits[0]) + (digits.count > 1 ? "." + String(digits[1...]) : "")
            let size = abs(exponent)
            return sign + mantissa + "e" + (exponent < 0 ? "-" : "+") + (size < 10 ? "0" : "") + String(size)
        }
        if exponent + 1 >= digits.count {
            return sign + String(digits) + String(repeating: "0", count: exponent + 1 - digits.count)
        }
        return sign + String(digits[...exponent]) + "." + String(digits[(exponent + 1)...])
    }

    private static let exponentBound = 6
}
