import SourceText

/// A place as every format counts it.
struct Position {
    /// One-based.
    let line: Int
    /// One-based, in Unicode scalars.
    let column: Int
    /// One-based, in UTF-16 code units.
    let utf16Column: Int
    /// Zero-based, in bytes of the whole file.
    let byteOffset: Int
}

/// The lines of one file and the characters before each block of it.
///
/// A column costs the same in a line of a megabyte as in a short one, so that a manifest on one line stays linear.
struct FileIndex {
    let file: SourceFile
    let lines: LineTable
    /// The characters and UTF-16 code units before each block of `blockSize` bytes.
    private let before: [(scalars: UInt32, units: UInt32)]

    init(_ file: SourceFile) {
        self.file = file
        lines = LineTable(file)
        var before: [(scalars: UInt32, units: UInt32)] = []
        before.reserveCapacity(file.bytes.count / blockSize + 1)
        file.bytes.withUnsafeBufferPointer { bytes in
            var count: (scalars: UInt32, units: UInt32) = (0, 0)
            for index in bytes.indices {
                if index % blockSize == 0 { before.append(count) }
                add(bytes[index], to: &count)
            }
            before.append(count)
        }
        self.before = before
    }

    /// The position of an offset; one past a line's end, or inside its line break, is its end.
    func position(of offset: UInt32) -> Position {
        let offset = min(offset, UInt32(clamping: file.bytes.count))
        let line = lines.lineIndex(of: offset)
        let content = lines.content(ofLine: line)
        let within = count(Int(content.start)..<Int(min(max(offset, content.start), content.end)))
        return Position(
            line: line + 1, column: Int(within.scalars) + 1, utf16Column: Int(within.units) + 1,
            byteOffset: Int(offset))
    }

    /// The positions of a span's first byte and of the byte after its last.
    func range(of span: Span) -> (start: Position, end: Position) {
        (position(of: span.start), position(of: span.end))
    }

    private func count(_ range: Range<Int>) -> (scalars: UInt32, units: UInt32) {
        if range.count > blockSize {
            let (start, end) = (count(before: range.lowerBound), count(before: range.upperBound))
            return (end.scalars - start.scalars, end.units - start.units)
        }
        var count: (scalars: UInt32, units: UInt32) = (0, 0)
        for index in range { add(file.bytes[index], to: &count) }
        return count
    }

    private func count(before offset: Int) -> (scalars: UInt32, units: UInt32) {
        let block = min(offset / blockSize, before.count - 1)
        var count = before[block]
        for index in (block * blockSize)..<max(offset, block * blockSize) { add(file.bytes[index], to: &count) }
        return count
    }
}

private let blockSize = 256

private func add(_ byte: UInt8, to count: inout (scalars: UInt32, units: UInt32)) {
    // A continuation byte belongs to the character before it; four bytes make a surrogate pair.
    if byte & 0xC0 == 0x80 { return }
    count.scalars += 1
    count.units += byte >= 0xF0 ? 2 : 1
}

/// The indices of the files that a rendering meets, each made once.
struct SourceIndex {
    /// As many as there are files, which are few.
    private var indices: [(key: Key, index: FileIndex)] = []

    /// The storage of a file's bytes, which the diagnostics keep alive for as long as they are rendered: comparing
    /// content or path would cost each diagnostic again.
    private struct Key: Equatable {
        let address: UInt
        let count: Int
    }

    subscript(file: SourceFile) -> FileIndex {
        mutating get {
            // Files without content share their storage, and have nothing to look up.
            if file.bytes.isEmpty { return FileIndex(file) }
            let key = Self.key(file)
            if let known = indices.last(where: { $0.key == key }) { return known.index }
            let made = FileIndex(file)
            indices.append((key, made))
            return made
        }
    }

    /// Whether two locations lie in the same file.
    static func same(_ left: SourceFile, _ right: SourceFile) -> Bool {
        left.path == right.path && key(left) == key(right)
    }

    private static func key(_ file: SourceFile) -> Key {
        file.bytes.withUnsafeBufferPointer { buffer in
            Key(address: UInt(bitPattern: buffer.baseAddress), count: buffer.count)
        }
    }
}
