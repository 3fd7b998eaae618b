/// Line numbers and columns of a file, computed only when something is reported.
///
/// A line ends with LF, CR LF or CR. U+2028 and U+0085, which libyaml counts as breaks, do not end a line here:
/// editors do not number them.
package struct LineTable: Sendable {
    /// The byte offset at which each line starts; never empty.
    package let starts: [UInt32]
    private let file: SourceFile

    package init(_ file: SourceFile) {
        self.file = file
        var starts: [UInt32] = [0]
        let bytes = file.bytes
        bytes.withUnsafeBufferPointer { buffer in
            var index = 0
            while true {
                index = ByteSearch.first(0x0A, or: 0x0D, in: buffer, from: index)
                if index == buffer.count { return }
                let isPair = buffer[index] == 0x0D && index + 1 < buffer.count && buffer[index + 1] == 0x0A
                index += isPair ? 2 : 1
                starts.append(UInt32(index))
            }
        }
        self.starts = starts
    }

    /// The zero-based index of the line that holds an offset.
    package func lineIndex(of offset: UInt32) -> Int {
        var low = 0
        var high = starts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= offset { low = middle } else { high = middle }
        }
        return low
    }

    /// The bytes of a line, without its end and without a byte order mark at the beginning of the file.
    package func content(ofLine index: Int) -> Span {
        var start = Int(starts[index])
        var end = index + 1 < starts.count ? Int(starts[index + 1]) : file.bytes.count
        while end > start, file.bytes[end - 1] == 0x0A || file.bytes[end - 1] == 0x0D { end -= 1 }
        if index == 0, file.bytes.starts(with: [0xEF, 0xBB, 0xBF]) { start = min(3, end) }
        return Span(UInt32(start), UInt32(end))
    }

    /// The one-based line and column of an offset; the column counts Unicode scalars, as people count characters.
    package func position(of offset: UInt32) -> (line: Int, column: Int) {
        let clamped = min(offset, UInt32(file.bytes.count))
        let line = lineIndex(of: clamped)
        let content = content(ofLine: line)
        var column = 1
        var index = Int(content.start)
        while index < Int(clamped) {
            // A continuation byte of UTF-8 belongs to the character before it.
            if file.bytes[index] & 0xC0 != 0x80 || index == Int(content.start) { column += 1 }
            index += 1
        }
        return (line + 1, column)
    }
}
