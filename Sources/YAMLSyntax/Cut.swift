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
        guard middle < bytes.count else { return nil }
        var line = middle
        while line > 0 && bytes[line - 1] != UInt8(ascii: "\n") || !beginsName(bytes[line]) {
            guard line > 0 else { return nil }
            line -= 1
        }
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

/// Whether a byte begins a plain key, as nearly every key is.
private func beginsName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
        true
    default: false
    }
}
