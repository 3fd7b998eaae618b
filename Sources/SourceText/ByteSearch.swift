/// Looks through a text eight bytes at a time.
///
/// Eight bytes are one number, and arithmetic on it answers a question about all of them. To find line feeds (`0x0A`),
/// for example, each byte is first combined with `0x0A` by exclusive or, which makes zeros of the bytes that are looked
/// for; then one is taken away from each byte, which sets the highest bit of a zero and of no other byte below `0x81`:
///
///     text      61   0A   62   63   ...
///     combined  6B   00   68   69   ...
///     less one  6A   FF   67   68   ...      the highest bit of the second byte is set
///
/// The answer is exact for the eight together. Which of them it is, is then found byte by byte, since a borrow may reach
/// the byte behind.
package enum ByteSearch {
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let highest: UInt64 = 0x8080_8080_8080_8080

    /// The first place, from `start` on, of a byte; the number of bytes where there is none.
    package static func first(_ byte: UInt8, in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        first(byte, or: byte, in: bytes, from: start)
    }

    /// The first place, from `start` on, of one of two bytes; the number of bytes where there is none.
    package static func first(
        _ byte: UInt8, or other: UInt8, in bytes: UnsafeBufferPointer<UInt8>, from start: Int
    ) -> Int {
        var index = skip(bytes, from: start) { !holds(byte, $0) && !holds(other, $0) }
        while index < bytes.count, bytes[index] != byte, bytes[index] != other { index += 1 }
        return index
    }

    /// The last place, before `end`, of a byte; nil where there is none.
    package static func last(_ byte: UInt8, in bytes: UnsafeBufferPointer<UInt8>, before end: Int) -> Int? {
        let raw = UnsafeRawBufferPointer(bytes)
        var end = end
        while end >= 8, !holds(byte, raw.loadUnaligned(fromByteOffset: end - 8, as: UInt64.self)) { end -= 8 }
        while end > 0 {
            end -= 1
            if bytes[end] == byte { return end }
        }
        return nil
    }

    /// The first place, from `start` on, of a byte beyond ASCII; the number of bytes where there is none.
    package static func firstBeyondASCII(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        var index = skip(bytes, from: start) { $0 & highest == 0 }
        while index < bytes.count, bytes[index] < 0x80 { index += 1 }
        return index
    }

    /// The first place, from `start` on, of a byte that is not printable ASCII; the number of bytes where there is none.
    package static func firstUnprintable(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        var index = skip(bytes, from: start, while: arePrintable)
        while index < bytes.count, bytes[index] &- 0x20 < 0x5F { index += 1 }
        return index
    }

    /// The same for a byte that is not printable ASCII or is one of three.
    package static func firstUnprintable(
        in bytes: UnsafeBufferPointer<UInt8>, from start: Int, or one: UInt8, _ two: UInt8, _ three: UInt8
    ) -> Int {
        var index = skip(bytes, from: start) { word in
            arePrintable(word) && !holds(one, word) && !holds(two, word) && !holds(three, word)
        }
        while index < bytes.count {
            let byte = bytes[index]
            if byte &- 0x20 >= 0x5F || byte == one || byte == two || byte == three { break }
            index += 1
        }
        return index
    }

    /// How many bytes two texts have in common at their beginnings.
    package static func commonPrefix(_ one: UnsafeBufferPointer<UInt8>, _ other: UnsafeBufferPointer<UInt8>) -> Int {
        let count = min(one.count, other.count)
        let (first, second) = (UnsafeRawBufferPointer(one), UnsafeRawBufferPointer(other))
        var length = 0
        while length + 8 <= count,
            first.loadUnaligned(fromByteOffset: length, as: UInt64.self)
                == second.loadUnaligned(fromByteOffset: length, as: UInt64.self)
        {
            length += 8
        }
        while length < count, one[length] == other[length] { length += 1 }
        return length
    }

    /// How many bytes two texts have in common at their ends, up to a limit.
    package static func commonSuffix(
        _ one: UnsafeBufferPointer<UInt8>, _ other: UnsafeBufferPointer<UInt8>, upTo limit: Int
    ) -> Int {
        let (first, second) = (UnsafeRawBufferPointer(one), UnsafeRawBufferPointer(other))
        var length = 0
        while length + 8 <= limit,
            first.loadUnaligned(fromByteOffset: one.count - length - 8, as: UInt64.self)
                == second.loadUnaligned(fromByteOffset: other.count - length - 8, as: UInt64.self)
        {
            length += 8
        }
        while length < limit, one[one.count - 1 - length] == other[other.count - 1 - length] { length += 1 }
        return length
    }

    // MARK: Words of eight bytes

    /// The first place, in steps of eight from `start` on, at which eight bytes do not meet a condition, or at which fewer
    /// than eight are left.
    @inline(__always)
    private static func skip(
        _ bytes: UnsafeBufferPointer<UInt8>, from start: Int, while condition: (UInt64) -> Bool
    ) -> Int {
        let raw = UnsafeRawBufferPointer(bytes)
        var index = start
        while index + 8 <= bytes.count, condition(raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)) {
            index += 8
        }
        return index
    }

    /// Whether one of eight bytes is this.
    @inline(__always)
    private static func holds(_ byte: UInt8, _ word: UInt64) -> Bool {
        let combined = word ^ (ones &* UInt64(byte))
        return (combined &- ones) & ~combined & highest != 0
    }

    /// Whether eight bytes are printable ASCII: one more carries `0x7F`, and `0x20` less borrows for a control character,
    /// into the highest bit.
    @inline(__always)
    private static func arePrintable(_ word: UInt64) -> Bool {
        (word | (word &+ ones) | (word &- ones &* 0x20)) & highest == 0
    }
}
