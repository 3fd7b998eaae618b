/// One line of YAML as far as block style goes: dashes, a key, and what stands behind them.
///
/// It needs no more of the file than the line itself, so that a file which is half typed has lines too.
struct YAMLLine {
    enum Step: Equatable, Sendable {
        case key(String)
        case item
    }

    /// The dashes and the key with their columns in bytes, from left to right.
    private(set) var elements: [(column: Int, step: Step)] = []
    /// The offset of the first byte of the key; nil without one.
    private(set) var key: Range<Int>?
    /// Where the value behind the colon, or else behind the dashes, begins.
    private(set) var content: Int
    /// Where the text of the line ends, before its break.
    let end: Int
    let start: Int

    /// Whether nothing but white space and a comment stands here.
    let isBlank: Bool

    init(_ bytes: [UInt8], start: Int, end: Int) {
        self.start = start
        self.end = end
        var index = start
        func skipSpace() { while index < end, bytes[index] == 0x20 { index += 1 } }
        skipSpace()
        isBlank = index == end || bytes[index] == UInt8(ascii: "#") || bytes[index] == 0x09
        while index < end, bytes[index] == UInt8(ascii: "-"), index + 1 == end || bytes[index + 1] == 0x20 {
            elements.append((index - start, .item))
            index += 1
            skipSpace()
        }
        content = index
        guard !isBlank, let colon = Self.colon(bytes, index, end) else { return }
        key = index..<colon
        var text = bytes[index..<colon]
        while text.last == 0x20 { text.removeLast() }
        if let quote = text.first, quote == 0x22 || quote == 0x27, text.count >= 2, text.last == quote {
            text = text.dropFirst().dropLast()
        }
        elements.append((index - start, .key(String(decoding: text, as: UTF8.self))))
        index = colon + 1
        skipSpace()
        content = index
    }

    /// The colon that ends a key which begins here.
    private static func colon(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Int? {
        guard start < end, !"[{#&*!|>%@`".utf8.contains(bytes[start]) else { return nil }
        var index = start
        if bytes[start] == 0x22 || bytes[start] == 0x27 {
            index += 1
            while index < end, bytes[index] != bytes[start] { index += 1 }
        }
        while index < end {
            if bytes[index] == UInt8(ascii: ":"), index + 1 == end || bytes[index + 1] == 0x20 { return index }
            if bytes[index] == UInt8(ascii: "#"), index > start, bytes[index - 1] == 0x20 { return nil }
            index += 1
        }
        return nil
    }
}
