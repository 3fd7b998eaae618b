/// So many blanks; none for a number below one.
package func blanks(_ count: Int) -> String { repeated(UInt8(ascii: " "), count) }

/// An ASCII character so many times; nothing for a number below one.
///
/// `String(repeating:count:)` appends one after the other, some hundred instructions each (measured with Swift 6.3.1).
package func repeated(_ character: UInt8, _ count: Int) -> String {
    guard count > 0 else { return "" }
    return String(unsafeUninitializedCapacity: count) { buffer in
        buffer.initialize(repeating: character)
        return count
    }
}
