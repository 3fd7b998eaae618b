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
                let common = min(old.count, new.count)
                let (oldBytes, newBytes) = (UnsafeRawBufferPointer(old), UnsafeRawBufferPointer(new))
                func isSame(_ offset: Int, _ other: Int) -> Bool {
                    oldBytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
                        == newBytes.loadUnaligned(fromByteOffset: other, as: UInt64.self)
                }
                var start = 0
                while start + 8 <= common, isSame(start, start) { start += 8 }
                while start < common, old[start] == new[start] { start += 1 }
                while start > 0, old[start - 1] != UInt8(ascii: "\n") { start -= 1 }
                var rest = 0
                while rest + 8 <= common - start, isSame(old.count - rest - 8, new.count - rest - 8) { rest += 8 }
                while rest < common - start, old[old.count - 1 - rest] == new[new.count - 1 - rest] { rest += 1 }
                func beginsLine(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
                    rest == text.count || text[text.count - rest - 1] == UInt8(ascii: "\n")
                }
                while rest > 0, !beginsLine(old) || !beginsLine(new) { rest -= 1 }
                return start..<max(start, old.count - rest)
            }
        }
    }
}
