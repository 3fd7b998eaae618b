/// An interned text: two symbols of one tree are equal exactly when their bytes are.
public struct Symbol: Hashable, Sendable {
    public let index: UInt32
    @inlinable public init(index: UInt32) { self.index = index }
    /// No text.
    @inlinable public static var none: Symbol { Symbol(index: .max) }

    // Written out, because what the compiler makes is a call from other modules.
    @inlinable public static func == (one: Symbol, other: Symbol) -> Bool { one.index == other.index }
    @inlinable public static func ~= (pattern: Symbol, value: Symbol) -> Bool { pattern.index == value.index }
    @inlinable public func hash(into hasher: inout Hasher) { hasher.combine(index) }
}

/// The distinct texts of a tree's keys and names, each stored once.
///
/// Open addressing over one array; comparison is of bytes, never of `String`, because NFC and NFD spellings of a key
/// are different keys to YAML while Swift's strings call them equal.
package struct SymbolTable: Sendable {
    /// All texts, one behind the other.
    private var bytes: [UInt8] = []
    /// The end of each text in `bytes`.
    private var ends: [UInt32] = []
    private var hashes: [UInt32] = []
    /// Symbol index + 1, or 0 for a free place; the count is a power of two.
    private var slots: [UInt32]

    package init() { slots = [UInt32](repeating: 0, count: 1024) }

    package var count: Int { ends.count }

    package mutating func intern(_ text: String) -> Symbol {
        var copy = text
        return copy.withUTF8 { intern($0) }
    }

    package mutating func intern(_ text: UnsafeBufferPointer<UInt8>) -> Symbol {
        let hash = Self.hash(text)
        var slot = Int(hash) & (slots.count - 1)
        while slots[slot] != 0 {
            let index = Int(slots[slot] - 1)
            if hashes[index] == hash, matches(index, text) { return Symbol(index: UInt32(index)) }
            slot = (slot + 1) & (slots.count - 1)
        }
        bytes.append(contentsOf: text)
        ends.append(UInt32(bytes.count))
        hashes.append(hash)
        slots[slot] = UInt32(ends.count)
        if ends.count * 2 > slots.count { grow() }
        return Symbol(index: UInt32(ends.count - 1))
    }

    /// The symbol of a text, if the text occurs.
    package func find(_ text: String) -> Symbol? {
        var copy = text
        return copy.withUTF8 { find($0) }
    }

    /// The symbol of some bytes, if they occur.
    package func find(_ text: UnsafeBufferPointer<UInt8>) -> Symbol? {
        let hash = Self.hash(text)
        var slot = Int(hash) & (slots.count - 1)
        while slots[slot] != 0 {
            let index = Int(slots[slot] - 1)
            if hashes[index] == hash, matches(index, text) { return Symbol(index: UInt32(index)) }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    /// The bytes of a symbol's text; empty for `Symbol.none`.
    package func bytes(_ symbol: Symbol) -> ArraySlice<UInt8> {
        guard symbol != .none else { return [] }
        let index = Int(symbol.index)
        let start = index == 0 ? 0 : Int(ends[index - 1])
        return bytes[start..<Int(ends[index])]
    }

    package func text(_ symbol: Symbol) -> String { String(decoding: bytes(symbol), as: UTF8.self) }

    private func matches(_ index: Int, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
        let start = index == 0 ? 0 : Int(ends[index - 1])
        let end = Int(ends[index])
        guard end - start == text.count else { return false }
        return bytes.withUnsafeBufferPointer { buffer in
            for offset in 0..<text.count where buffer[start + offset] != text[offset] { return false }
            return true
        }
    }

    private mutating func grow() {
        var larger = [UInt32](repeating: 0, count: slots.count * 2)
        for (index, hash) in hashes.enumerated() {
            var slot = Int(hash) & (larger.count - 1)
            while larger[slot] != 0 { slot = (slot + 1) & (larger.count - 1) }
            larger[slot] = UInt32(index + 1)
        }
        slots = larger
    }

    /// FNV-1a with a final mix: the same in every process, unlike `Hasher`.
    private static func hash(_ text: UnsafeBufferPointer<UInt8>) -> UInt32 {
        var hash: UInt32 = 2_166_136_261
        for byte in text { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
        hash ^= hash >> 15
        return hash &* 0x85EB_CA6B ^ (hash >> 13)
    }
}
