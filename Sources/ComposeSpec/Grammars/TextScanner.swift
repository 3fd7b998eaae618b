/// Takes a text apart from its beginning, byte by byte; each byte is looked at once.
struct TextScanner {
    let text: UnsafeBufferPointer<UInt8>
    private(set) var index = 0

    init(_ text: UnsafeBufferPointer<UInt8>) { self.text = text }

    var isAtEnd: Bool { index == text.count }
    var next: UInt8? { index < text.count ? text[index] : nil }

    /// Takes this character, if it is the next.
    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard next == UInt8(ascii: character) else { return false }
        index += 1
        return true
    }

    /// Takes as many digits as there are and returns their number.
    mutating func takeDigits() -> Int {
        let start = index
        while let byte = next, isDigit(byte) { index += 1 }
        return index - start
    }

    /// Takes everything before a byte that satisfies the condition.
    mutating func takeUntil(_ condition: (UInt8) -> Bool) -> Range<Int> {
        let start = index
        while let byte = next, !condition(byte) { index += 1 }
        return start..<index
    }

    /// Some of the text, for a message; at most 40 bytes.
    func string(_ range: Range<Int>) -> String {
        String(decoding: UnsafeBufferPointer(rebasing: text[range].prefix(40)), as: UTF8.self)
    }
}
