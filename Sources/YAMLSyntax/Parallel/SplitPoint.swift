import SourceText

/// The line at which a text is split for two threads: one that begins an entry below an entry at the top level, such as
/// a project.
struct SplitPoint {
    /// The line that is put before the second part: a key at the top level for the entries that follow.
    static let head = Array("_:\n".utf8)

    /// Where the line begins.
    let offset: Int
    /// The spaces at its beginning: at least one.
    let indentation: Int

    /// Finds the first line behind the middle that begins with a name and has the indentation of the first entry below
    /// the entry at the top level.
    ///
    /// The search ends at the next entry at the top level and after a quarter of the text. It looks at indentation alone:
    /// the line may stand in a block scalar, which shows when both parts have been parsed. A line that is indented
    /// further is never a split point: both parts would be parsed in vain, and then the whole.
    init?(of bytes: [UInt8], behind middle: Int) {
        let point = bytes.withUnsafeBufferPointer { bytes -> (offset: Int, indentation: Int)? in
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
        guard let point else { return nil }
        (offset, indentation) = point
    }

    /// The number of spaces before the first entry below the entry at the top level that holds a place; nil where there
    /// is no such entry.
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

/// The start of the last line, up to a place, that begins with a name in its first column; nil where there is none.
private func topLevelLine(in bytes: UnsafeBufferPointer<UInt8>, before middle: Int) -> Int? {
    var end = middle
    while let newline = ByteSearch.last(UInt8(ascii: "\n"), in: bytes, before: end) {
        if beginsName(bytes[newline + 1]) { return newline + 1 }
        end = newline
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
