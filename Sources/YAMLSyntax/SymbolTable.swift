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
    /// The hash above 32 bits of symbol index + 1, or 0 for a free place; the count is a power of two.
    private var slots: [UInt64]

    package init() { slots = [UInt64](repeating: 0, count: 1024) }

    package var count: Int { ends.count }

    /// The texts that there is room for before the table grows.
    var capacity: Int { slots.count / 2 }

    package mutating func intern(_ text: String) -> Symbol {
        var copy = text
        return copy.withUTF8 { intern($0) }
    }

    package mutating func intern(_ text: UnsafeBufferPointer<UInt8>) -> Symbol {
        intern(text, hash: TextHash.of(text))
    }

    /// The symbol of a text whose hash is known.
    mutating func intern(_ text: UnsafeBufferPointer<UInt8>, hash: UInt32) -> Symbol {
        let (symbol, slot) = look(for: text, hash: hash)
        if let symbol { return symbol }
        bytes.append(contentsOf: text)
        ends.append(UInt32(bytes.count))
        slots[slot] = UInt64(hash) << 32 | UInt64(ends.count)
        reserveCapacity(ends.count)
        return Symbol(index: UInt32(ends.count - 1))
    }

    /// The symbols of all texts of another table, by their index there.
    mutating func internAll(of other: SymbolTable) -> [Symbol] {
        (0..<other.count).map { index in
            other.bytes(Symbol(index: UInt32(index))).withUnsafeBufferPointer { intern($0) }
        }
    }

    /// Makes room for so many texts in all.
    mutating func reserveCapacity(_ count: Int) { if count > capacity { grow(to: count) } }

    /// The symbol of a text, if the text occurs.
    package func find(_ text: String) -> Symbol? {
        var copy = text
        return copy.withUTF8 { find($0) }
    }

    /// The symbol of some bytes, if they occur.
    package func find(_ text: UnsafeBufferPointer<UInt8>) -> Symbol? { look(for: text, hash: TextHash.of(text)).symbol }

    /// The bytes of a symbol's text; empty for `Symbol.none`.
    package func bytes(_ symbol: Symbol) -> ArraySlice<UInt8> {
        guard symbol != .none else { return [] }
        let index = Int(symbol.index)
        let start = index == 0 ? 0 : Int(ends[index - 1])
        return bytes[start..<Int(ends[index])]
    }

    package func text(_ symbol: Symbol) -> String { String(decoding: bytes(symbol), as: UTF8.self) }

    /// The symbol of a text, or the free place where it belongs.
    @inline(__always)
    private func look(for text: UnsafeBufferPointer<UInt8>, hash: UInt32) -> (symbol: Symbol?, slot: Int) {
        var slot = Int(hash) & (slots.count - 1)
        while slots[slot] != 0 {
            if slots[slot] >> 32 == hash {
                let index = UInt32(truncatingIfNeeded: slots[slot]) - 1
                if matches(Int(index), text) { return (Symbol(index: index), slot) }
            }
            slot = (slot + 1) & (slots.count - 1)
        }
        return (nil, slot)
    }

    private func matches(_ index: Int, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
        let start = index == 0 ? 0 : Int(ends[index - 1])
        let end = Int(ends[index])
        guard end - start == text.count else { return false }
        return bytes.withUnsafeBufferPointer { buffer in
            for offset in 0..<text.count where buffer[start + offset] != text[offset] { return false }
            return true
        }
    }

    private mutating func grow(to texts: Int) {
        var places = slots.count * 2
        while texts * 2 > places { places *= 2 }
        var larger = [UInt64](repeating: 0, count: places)
        for entry in slots where entry != 0 {
            var slot = Int(entry >> 32) & (larger.count - 1)
            while larger[slot] != 0 { slot = (slot + 1) & (larger.count - 1) }
            larger[slot] = entry
        }
        slots = larger
    }
}
