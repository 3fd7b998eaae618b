/// Takes a text apart from its beginning, byte by byte.
struct ByteScanner {
    private let text: UnsafeBufferPointer<UInt8>
    private(set) var index = 0

    init(_ text: UnsafeBufferPointer<UInt8>) { self.text = text }

    var isAtEnd: Bool { index == text.count }

    /// Takes this character, if it is the next.
    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard index < text.count, text[index] == UInt8(ascii: character) else { return false }
        index += 1
        return true
    }

    /// Takes as many bytes as satisfy the condition and returns their number.
    mutating func takeWhile(_ condition: (UInt8) -> Bool) -> Int {
        let start = index
        while index < text.count, condition(text[index]) { index += 1 }
        return index - start
    }

    /// Takes a number of one or two digits, as Go's `time.Parse` does; nil when there is none.
    mutating func takeShortNumber() -> Int? {
        guard index < text.count, isDigit(text[index]) else { return nil }
        var value = Int(text[index] - 0x30)
        index += 1
        if index < text.count, isDigit(text[index]) {
            value = value * 10 + Int(text[index] - 0x30)
            index += 1
        }
        return value
    }
}

func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

func isHexadecimal(_ byte: UInt8) -> Bool {
    isDigit(byte) || (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "f"))
}
