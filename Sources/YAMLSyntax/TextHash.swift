/// The hashes of texts for a `SymbolTable`, keyed by two secrets of this process.
///
/// A manifest may come from a stranger. Under a hash that is known, keys can be made that all meet in one place, and a
/// file of 4 MB took seconds to read, one of 60 MB would have taken a quarter of an hour. What is read does not depend
/// on the hashes: symbols are numbered as their texts come.
enum TextHash {
    private static let secrets = (UInt64.random(in: .min ... .max), UInt64.random(in: .min ... .max) | 1)

    /// The hash of a text, below `Symbol.none`'s index.
    static func of(_ text: UnsafeBufferPointer<UInt8>) -> UInt32 {
        let (first, second) = secrets
        let bytes = UnsafeRawBufferPointer(text)
        var hash = first ^ UInt64(truncatingIfNeeded: text.count)
        var index = 0
        while index + 8 <= text.count {
            hash = folded(hash ^ bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self), second)
            index += 8
        }
        var rest: UInt64 = 0
        while index < text.count {
            rest = rest << 8 | UInt64(bytes[index])
            index += 1
        }
        return UInt32(truncatingIfNeeded: folded(hash ^ rest, second)) & 0x7FFF_FFFF
    }

    /// Both halves of a product in one: each bit of either factor reaches nearly every bit.
    @inline(__always)
    private static func folded(_ one: UInt64, _ other: UInt64) -> UInt64 {
        let product = one.multipliedFullWidth(by: other)
        return product.high ^ product.low
    }
}
