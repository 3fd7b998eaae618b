/// Writes a text in one of the forms that are not plain.
enum ScalarEscaping {
    static func appendSingleQuoted(_ text: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "'"))
        for byte in text {
            if byte == UInt8(ascii: "'") { bytes.append(byte) }
            bytes.append(byte)
        }
        bytes.append(UInt8(ascii: "'"))
    }

    static func appendDoubleQuoted(_ text: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        var index = 0
        while index < text.count {
            let byte = text[index]
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case 0x20...0x7E: bytes.append(byte)
            case 0x0A: bytes.append(contentsOf: "\\n".utf8)
            case 0x09: bytes.append(contentsOf: "\\t".utf8)
            case 0x0D: bytes.append(contentsOf: "\\r".utf8)
            case 0x00: bytes.append(contentsOf: "\\0".utf8)
            case 0x1B: bytes.append(contentsOf: "\\e".utf8)
            case 0x00..<0x20, 0x7F: appendHexadecimal(UInt32(byte), to: &bytes)
            default:
                if let escaped = escapedScalar(text, index) {
                    appendHexadecimal(escaped.value, to: &bytes)
                    index += escaped.length - 1
                } else {
                    bytes.append(byte)
                }
            }
            index += 1
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// The character beyond ASCII at an index, if it is one that only an escape carries: the C1 controls (U+0085 is a
    /// line end to YAML 1.1), U+2028 and U+2029, the byte order mark, U+FFFE and U+FFFF.
    static func escapedScalar(
        _ text: UnsafeBufferPointer<UInt8>, _ index: Int
    ) -> (value: UInt32, length: Int)? {
        guard index + 1 < text.count else { return nil }
        let second = text[index + 1]
        if text[index] == 0xC2 { return second < 0xA0 ? (UInt32(second), 2) : nil }
        guard index + 2 < text.count else { return nil }
        switch (text[index], second, text[index + 2]) {
        case (0xE2, 0x80, 0xA8): return (0x2028, 3)
        case (0xE2, 0x80, 0xA9): return (0x2029, 3)
        case (0xEF, 0xBB, 0xBF): return (0xFEFF, 3)
        case (0xEF, 0xBF, 0xBE): return (0xFFFE, 3)
        case (0xEF, 0xBF, 0xBF): return (0xFFFF, 3)
        default: return nil
        }
    }

    /// `\x1F` or `\u2028`: the escapes that all readers know.
    private static func appendHexadecimal(_ value: UInt32, to bytes: inout [UInt8]) {
        let digits = value < 0x100 ? 2 : 4
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(UInt8(ascii: digits == 2 ? "x" : "u"))
        for place in stride(from: (digits - 1) * 4, through: 0, by: -4) {
            let digit = UInt8(truncatingIfNeeded: value >> UInt32(place)) & 0xF
            bytes.append(digit < 10 ? 0x30 + digit : 0x37 + digit)
        }
    }

    /// Writes `|` with its indicators and the lines below it, the last line end included.
    ///
    /// - Parameter indent: the column of the lines' text; the indicator counts from two columns less.
    /// - Returns: whether lines that follow would belong to the block (`|+`).
    static func appendLiteral(_ text: UnsafeBufferPointer<UInt8>, indent: Int, to bytes: inout [UInt8]) -> Bool {
        var trailing = 0
        while trailing < text.count, text[text.count - 1 - trailing] == 0x0A { trailing += 1 }
        bytes.append(UInt8(ascii: "|"))
        // Readers find the indentation by the first line that is not empty, and trip over one that begins blank.
        if let first = text.first(where: { $0 != 0x0A }), first == 0x20 || first == 0x09 {
            bytes.append(UInt8(ascii: "2"))
        }
        if trailing == 0 { bytes.append(UInt8(ascii: "-")) }
        if trailing > 1 { bytes.append(UInt8(ascii: "+")) }
        bytes.append(0x0A)
        var isLineStart = true
        for byte in text {
            if isLineStart, byte != 0x0A { bytes.append(contentsOf: repeatElement(0x20, count: indent)) }
            bytes.append(byte)
            isLineStart = byte == 0x0A
        }
        if trailing == 0 { bytes.append(0x0A) }
        return trailing > 1
    }
}
