/// What Go's library does to texts, as far as Docker reads its files with it.
enum GoText {
    /// `strings.TrimSpace`: without the white space of Unicode at both ends.
    static func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var text = text
        // Most ends are ASCII, and few of them blank.
        while let first = text.first, first < 0x80, isSpace(first) { text = text.dropFirst() }
        while let last = text.last, last < 0x80, isSpace(last) { text = text.dropLast() }
        if let first = text.first, first < 0x80, let last = text.last, last < 0x80 { return text }
        while let length = Self.spaces.first(where: { text.starts(with: $0) })?.count { text = text.dropFirst(length) }
        while let length = Self.spaces.first(where: { text.suffix($0.count).elementsEqual($0) })?.count {
            text = text.dropLast(length)
        }
        return text
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    /// The property White_Space, as UTF-8.
    private static let spaces: [[UInt8]] =
        ([0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x20, 0x85, 0xA0, 0x1680] + Array(0x2000...0x200A)
        + [0x2028, 0x2029, 0x202F, 0x205F, 0x3000]).compactMap { (value: UInt32) in
            Unicode.Scalar(value).map { Array(String($0).utf8) }
        }

    /// Why `filepath.Match` refuses a pattern, or nil.
    static func patternFault(_ pattern: [UInt8]) -> String? {
        var index = 0
        func isEscapeComplete() -> Bool {
            index += 1
            return index < pattern.count
        }
        func item() -> Bool {
            guard index < pattern.count, pattern[index] != UInt8(ascii: "-"), pattern[index] != UInt8(ascii: "]") else {
                return false
            }
            if pattern[index] == UInt8(ascii: "\\"), !isEscapeComplete() { return false }
            index += 1
            // The rest of a character of several bytes.
            while index < pattern.count, pattern[index] & 0xC0 == 0x80 { index += 1 }
            return index < pattern.count
        }
        while index < pattern.count {
            switch pattern[index] {
            case UInt8(ascii: "\\"):
                guard isEscapeComplete() else { return "has a pattern that ends in a backslash, which Docker refuses" }
                index += 1
            case UInt8(ascii: "["):
                let fault = "has a pattern with a bracket that is not closed or holds nothing, which Docker refuses"
                index += 1
                if index < pattern.count, pattern[index] == UInt8(ascii: "^") { index += 1 }
                var count = 0
                while true {
                    if count > 0, index < pattern.count, pattern[index] == UInt8(ascii: "]") { break }
                    guard item() else { return fault }
                    if pattern[index] == UInt8(ascii: "-") {
                        index += 1
                        guard item() else { return fault }
                    }
                    count += 1
                }
                index += 1
            default: index += 1
            }
        }
        return nil
    }
}

/// Characters as Go decodes them: a byte that is no UTF-8 is U+FFFD by itself.
enum Runes {
    static func decode(_ bytes: [UInt8]) -> [UInt32] {
        var runes: [UInt32] = []
        runes.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            let (rune, length) = first(of: bytes[index...])
            runes.append(rune)
            index += length
        }
        return runes
    }

    private static func first(of bytes: ArraySlice<UInt8>) -> (UInt32, Int) {
        let lead = bytes[bytes.startIndex]
        if lead < 0x80 { return (UInt32(lead), 1) }
        let length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
        guard lead >= 0xC2, lead <= 0xF4, bytes.count >= length else { return (0xFFFD, 1) }
        var value = UInt32(lead) & (0xFF >> UInt32(length + 1))
        for byte in bytes.dropFirst().prefix(length - 1) {
            guard byte & 0xC0 == 0x80 else { return (0xFFFD, 1) }
            value = value << 6 | UInt32(byte & 0x3F)
        }
        let least: UInt32 = length == 4 ? 0x10000 : length == 3 ? 0x800 : 0x80
        guard value >= least, Unicode.Scalar(value) != nil else { return (0xFFFD, 1) }
        return (value, length)
    }
}
