import GeneratedManifests
import SourceText
import Testing

/// The search eight bytes at a time, beside a search byte by byte.
@Suite struct ByteSearchTests {
    /// Bytes that are near those that are looked for, and at the bounds of what is printable.
    private static let bytes: [UInt8] = [
        0x00, 0x09, 0x0A, 0x0B, 0x0D, 0x1F, 0x20, 0x21, 0x22, 0x23, 0x5A, 0x5B, 0x5C, 0x5D, 0x7E, 0x7F, 0x80, 0x81,
        0xFF,
    ]

    @Test("Every place is the one that a look at each byte finds", arguments: 1...40)
    func places(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let isRare = seed % 2 == 0
        let text = (0..<Int.random(in: 0...60, using: &random)).map { _ in
            isRare && random.happens(90) ? UInt8(ascii: "a") : random.pick(Self.bytes)
        }
        func isPrintable(_ byte: UInt8) -> Bool { (0x20...0x7E).contains(byte) }
        text.withUnsafeBufferPointer { text in
            for start in 0...text.count {
                func first(_ condition: (UInt8) -> Bool) -> Int {
                    text[start...].firstIndex(where: condition) ?? text.count
                }
                #expect(ByteSearch.first(0x0A, in: text, from: start) == first { $0 == 0x0A })
                #expect(ByteSearch.first(0x0A, or: 0x0D, in: text, from: start) == first { $0 == 0x0A || $0 == 0x0D })
                #expect(ByteSearch.firstBeyondASCII(in: text, from: start) == first { $0 > 0x7F })
                #expect(ByteSearch.firstUnprintable(in: text, from: start) == first { !isPrintable($0) })
                #expect(
                    ByteSearch.firstUnprintable(in: text, from: start, or: 0x22, 0x5C, 0x5B)
                        == first { !isPrintable($0) || [0x22, 0x5C, 0x5B].contains($0) })
                #expect(ByteSearch.last(0x0A, in: text, before: start) == text[..<start].lastIndex(of: 0x0A))
            }
        }
    }

    @Test("What two texts have in common ends where they differ", arguments: 1...40)
    func common(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let one = (0..<Int.random(in: 0...40, using: &random)).map { _ in random.pick([UInt8(0x61), 0x62]) }
        var other = one
        if !other.isEmpty { other[Int.random(in: 0..<other.count, using: &random)] ^= 1 }
        other.insert(contentsOf: [0x63, 0x64].prefix(Int(seed % 3)), at: other.count / 2)
        let prefix = zip(one, other).prefix { $0 == $1 }.count
        let suffix = zip(one.reversed(), other.reversed()).prefix { $0 == $1 }.count
        one.withUnsafeBufferPointer { one in
            other.withUnsafeBufferPointer { other in
                #expect(ByteSearch.commonPrefix(one, other) == prefix)
                for limit in 0...min(one.count, other.count) {
                    #expect(ByteSearch.commonSuffix(one, other, upTo: limit) == min(limit, suffix))
                }
            }
        }
    }
}
