import SourceText

/// The places of one text as the protocol counts them.
///
/// A character's number costs the same in a line of a megabyte as in a short one: the characters before each block of a
/// text are counted once where it has a long line.
struct PositionTable: Sendable {
    let file: SourceFile
    let lines: LineTable
    /// The units of UTF-16 before each block; empty where no line is longer than a block.
    private let before: [UInt32]

    private static let block = 4096

    init(_ file: SourceFile) {
        self.file = file
        lines = LineTable(file)
        let starts = lines.starts + [UInt32(file.bytes.count)]
        guard zip(starts, starts.dropFirst()).contains(where: { Int($1 - $0) > Self.block }) else {
            before = []
            return
        }
        var before: [UInt32] = []
        var units = 0
        for start in stride(from: 0, to: file.bytes.count, by: Self.block) {
            before.append(UInt32(units))
            units += Self.units(start..<min(start + Self.block, file.bytes.count), of: file)
        }
        self.before = before
    }

    /// A span as a range of the protocol.
    func range(_ span: Span, _ encoding: PositionEncoding) -> JSONValue {
        ["start": position(span.start, encoding), "end": position(span.end, encoding)]
    }

    private func position(_ offset: UInt32, _ encoding: PositionEncoding) -> JSONValue {
        let end = min(Int(offset), file.bytes.count)
        let line = lines.lineIndex(of: UInt32(end))
        let start = Int(lines.starts[line])
        let character = encoding == .utf8 ? end - start : units(start..<end)
        return ["line": .integer(line), "character": .integer(character)]
    }

    private func units(_ range: Range<Int>) -> Int {
        if before.isEmpty || range.count <= Self.block { return Self.units(range, of: file) }
        return units(before: range.upperBound) - units(before: range.lowerBound)
    }

    private func units(before offset: Int) -> Int {
        let block = min(offset / Self.block, before.count - 1)
        return Int(before[block]) + Self.units(block * Self.block..<offset, of: file)
    }

    private static func units(_ range: Range<Int>, of file: SourceFile) -> Int {
        file.bytes[range].reduce(0) { $0 + PositionEncoding.utf16.units(of: $1) }
    }
}
