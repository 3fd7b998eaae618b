/// The lines in which two texts differ.
package struct TextChange: Sendable {
    /// The lines of the old text that the new one does not have; empty where lines were only added.
    package let old: Range<Int>
    /// The bytes that the new text has more than the old one.
    package let growth: Int

    /// Finds the first and the last line that differ.
    package init(from old: [UInt8], to new: [UInt8]) {
        growth = new.count - old.count
        self.old = old.withUnsafeBufferPointer { old in
            new.withUnsafeBufferPointer { new in
                var start = ByteSearch.commonPrefix(old, new)
                while start > 0, old[start - 1] != UInt8(ascii: "\n") { start -= 1 }
                var rest = ByteSearch.commonSuffix(old, new, upTo: min(old.count, new.count) - start)
                func beginsLine(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
                    rest == text.count || text[text.count - rest - 1] == UInt8(ascii: "\n")
                }
                while rest > 0, !beginsLine(old) || !beginsLine(new) { rest -= 1 }
                return start..<max(start, old.count - rest)
            }
        }
    }
}
