/// The line at which a text is cut in two.
struct Cut {
    /// What stands before the second part: a key at the top level, whose mapping begins at the cut.
    static let head = Array("_:\n".utf8)

    /// Where the line begins.
    let offset: Int
    /// The spaces at its beginning: at least one.
    let indentation: Int

    /// The first line behind the middle that may begin a sibling of the first entry below the entry at the top level, as
    /// far as that goes and no further than a quarter of the text; what stands there is for the reader of both parts to
    /// judge.
    ///
    /// A line further in is never it: both parts would be read in vain, and then the whole.
    init?(of bytes: [UInt8], behind middle: Int) {
        let cut = bytes.withUnsafeBufferPointer { bytes -> (offset: Int, indentation: Int)? in
            guard let indentation = Self.indentation(in: bytes, around: middle) else { return nil }
            let end = min(bytes.count, middle + bytes.count / 4 + 1)
            var offset = middle
            while true {
                while offset < end, bytes[offset] != UInt8(ascii: "\n") { offset += 1 }
                let start = offset + 1
                offset = start
                while offset < end, bytes[offset] == UInt8(ascii: " ") { offset += 1 }
                guard offset < end else { return nil }
                guard beginsName(bytes[offset]) else { continue }
                if offset == start { return nil }
                if offset - start == indentation { return (start, indentation) }
            }
        }
        guard let cut else { return nil }
        (offset, indentation) = cut
    }

    /// The spaces before the first entry below the one at the top level in which a place lies; nil where there is none.
    private static func indentation(in bytes: UnsafeBufferPointer<UInt8>, around middle: Int) -> Int? {
        guard middle < bytes.count, var line = topLevelLine(in: bytes, before: middle) else { return nil }
        while true {
            while line < bytes.count, bytes[line] != UInt8(ascii: "\n") { line += 1 }
            line += 1
            let start = line
            while line < bytes.count, bytes[line] == UInt8(ascii: " ") { line += 1 }
            guard line < bytes.count else { return nil }
            switch bytes[line] {
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "#"): continue
            default: return line > start ? line - start : nil
            }
        }
    }
}

/// The start of the last line that begins with a name and in which, or before which, a place lies; nil where there is none.
///
/// Eight bytes at a time: half of a text may lie between.
private func topLevelLine(in bytes: UnsafeBufferPointer<UInt8>, before middle: Int) -> Int? {
    let raw = UnsafeRawBufferPointer(bytes)
    let (low, newlines): (UInt64, UInt64) = (0x7F7F_7F7F_7F7F_7F7F, 0x0A0A_0A0A_0A0A_0A0A)
    var end = middle
    while end >= 8 {
        end -= 8
        let word = raw.loadUnaligned(fromByteOffset: end, as: UInt64.self).littleEndian ^ newlines
        // The highest bit of each byte that is a line's end.
        var ends = ~((word & low) &+ low | word | low)
        while ends != 0 {
            let last = 7 - ends.leadingZeroBitCount / 8
            if beginsName(bytes[end + last + 1]) { return end + last + 1 }
            ends &= ~(0x80 << (UInt64(last) * 8))
        }
    }
    for index in (0..<end).reversed() where bytes[index] == UInt8(ascii: "\n") && beginsName(bytes[index + 1]) {
        return index + 1
    }
    return beginsName(bytes[0]) ? 0 : nil
}

/// Whether a byte begins a plain key, as nearly every key is.
private func beginsName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
        true
    default: false
    }
}
