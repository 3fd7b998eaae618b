import YAMLSyntax

extension Tree {
    /// Whether a key begins with `x-`.
    package func isExtension(_ key: NodeID) -> Bool {
        withBytes(key) { $0.count > 1 && $0[0] == UInt8(ascii: "x") && $0[1] == UInt8(ascii: "-") }
    }

    /// Whether a scalar holds a variable, or `${` that should begin one: what it says is known only when Compose has
    /// interpolated it. A `$` before anything else stands for itself.
    package func holdsInterpolation(_ id: NodeID) -> Bool {
        withBytes(id) { text in
            var index = 0
            while index < text.count {
                if text[index] == UInt8(ascii: "$") {
                    guard index + 1 < text.count else { return false }
                    let next = text[index + 1]
                    if next == UInt8(ascii: "{") || next == UInt8(ascii: "_") || (0x61...0x7A).contains(next | 0x20) {
                        return true
                    }
                    if next == UInt8(ascii: "$") { index += 1 }
                }
                index += 1
            }
            return false
        }
    }

    /// Whether a float is infinite or no number.
    func isInfiniteOrNone(_ id: NodeID) -> Bool { Double(text(id).filter { $0 != "_" })?.isFinite != true }

    /// The whole number that a scalar says, as Go reads it; nil for what is none or does not fit 64 bits.
    package func wholeNumber(_ id: NodeID) -> Int? {
        // Most scalars are texts: none is copied for the answer that it is no number.
        var digits: String { text(id).filter { $0 != "_" } }
        switch scalarType(id) {
        case .integer:
            return Self.wholeNumber(digits)
        case .float:
            // By the shortest decimal form: rounding would need the C library's mathematics.
            guard let shortest = Double(digits)?.description, shortest.hasSuffix(".0") else { return nil }
            return Int(shortest.dropLast(2))
        default:
            return nil
        }
    }

    /// An integer whose base its prefix tells: `0x`, `0o`, `0b`, and `0` for octal.
    static func wholeNumber(_ text: String) -> Int? {
        var digits = Substring(text)
        let isNegative = digits.hasPrefix("-")
        if isNegative || digits.hasPrefix("+") { digits = digits.dropFirst() }
        var radix = 10
        for (prefix, base) in [("0x", 16), ("0X", 16), ("0o", 8), ("0O", 8), ("0b", 2), ("0B", 2)]
        where digits.hasPrefix(prefix) {
            digits = digits.dropFirst(2)
            radix = base
        }
        if radix == 10, digits.hasPrefix("0") { radix = 8 }
        return Int(isNegative ? "-" + String(digits) : String(digits), radix: radix)
    }
}
