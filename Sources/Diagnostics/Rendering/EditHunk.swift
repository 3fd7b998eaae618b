import SourceText

/// Neighbouring lines that a fix changes, before and after.
struct EditHunk {
    /// The zero-based index of the first line.
    let line: Int
    let removed: [[UInt8]]
    let added: [[UInt8]]

    /// The one-based number of the last line shown.
    var lastLine: Int { line + max(removed.count, added.count, 1) }

    /// The most lines of a hunk on either side, hunks of a fix, and bytes of a line, that are still shown.
    private static let limit = (lines: 6, hunks: 3, bytes: 1 << 16)

    /// The changes of a fix line by line; none where they are too long to be read at a glance, or do not fit the file.
    static func hunks(of fix: Fix, in index: FileIndex) -> [EditHunk] {
        let bytes = index.file.bytes
        var groups: [(lines: ClosedRange<Int>, edits: [Fix.Edit])] = []
        var end = 0
        for edit in fix.edits {
            guard Int(edit.span.start) >= end, Int(edit.span.end) <= bytes.count else { return [] }
            end = Int(edit.span.end)
            let lines = index.lines.lineIndex(of: edit.span.start)...index.lines.lineIndex(of: edit.span.end)
            if let last = groups.last, lines.lowerBound <= last.lines.upperBound + 1 {
                groups[groups.count - 1] = (last.lines.lowerBound...lines.upperBound, last.edits + [edit])
            } else {
                groups.append((lines, [edit]))
            }
            guard groups.count <= limit.hunks else { return [] }
        }
        var hunks: [EditHunk] = []
        for group in groups {
            let start = index.lines.content(ofLine: group.lines.lowerBound).range.lowerBound
            let end = index.lines.content(ofLine: group.lines.upperBound).range.upperBound
            guard end - start <= limit.bytes, group.lines.count <= limit.lines + 1 else { return [] }
            let (old, new) = texts(group.edits, in: bytes, start..<max(start, end))
            guard let hunk = hunk(old, new, at: group.lines.lowerBound) else { return [] }
            hunks.append(hunk)
        }
        return hunks
    }

    /// The lines of a range before and after the edits; an edit that reaches beyond the range, into a byte order mark
    /// or a line break, counts as far as it lies inside.
    private static func texts(
        _ edits: [Fix.Edit], in bytes: [UInt8], _ range: Range<Int>
    ) -> (old: [[UInt8]], new: [[UInt8]]) {
        var new: [UInt8] = []
        var position = range.lowerBound
        for edit in edits {
            let lower = min(max(Int(edit.span.start), position), range.upperBound)
            new += bytes[position..<lower]
            new += edit.replacement
            position = min(max(Int(edit.span.end), lower), range.upperBound)
        }
        new += bytes[position..<range.upperBound]
        return (lines(Array(bytes[range])), lines(new))
    }

    private static func hunk(_ old: [[UInt8]], _ new: [[UInt8]], at line: Int) -> EditHunk? {
        var (before, after) = (0, 0)
        let common = min(old.count, new.count)
        while before < common, old[before] == new[before] { before += 1 }
        while after < common - before, old[old.count - 1 - after] == new[new.count - 1 - after] { after += 1 }
        let removed = Array(old[before..<(old.count - after)])
        let added = Array(new[before..<(new.count - after)])
        guard removed.count <= limit.lines, added.count <= limit.lines, added.allSatisfy({ $0.count <= limit.bytes })
        else { return nil }
        return EditHunk(line: line + before, removed: removed, added: added)
    }

    private static func lines(_ bytes: [UInt8]) -> [[UInt8]] {
        bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map { line in
            Array(line.last == 0x0D ? line.dropLast() : line)
        }
    }
}

/// Fixes as a small diff: `48 - before`, `48 + after`.
extension TextFormat {
    mutating func write(_ hunk: EditHunk) {
        write(hunk.removed, against: hunk.added, from: hunk.line, sign: "-", .removed)
        write(hunk.added, against: hunk.removed, from: hunk.line, sign: "+", .added)
    }

    private mutating func write(
        _ lines: [[UInt8]], against others: [[UInt8]], from first: Int, sign: String, _ role: Role
    ) {
        for (number, line) in lines.enumerated() {
            let other = number < others.count && lines.count == others.count ? others[number] : []
            let window = LineWindow(line, content: line.indices, focus: difference(line, other), room: room)
            output.write(digits(first + number + 1), .gutter)
            output.write(window.text.isEmpty ? sign : sign + " " + window.text, role)
            output.newLine()
        }
    }

    private func digits(_ number: Int) -> String {
        let digits = String(number)
        return digits + blanks(gutter + 1 - digits.utf8.count)
    }

    /// The bytes of a line that differ from another; its beginning where there is nothing to compare.
    private func difference(_ line: [UInt8], _ other: [UInt8]) -> Range<Int> {
        guard !other.isEmpty else { return 0..<0 }
        let common = min(line.count, other.count)
        var (before, after) = (0, 0)
        while before < common, line[before] == other[before] { before += 1 }
        while after < common - before, line[line.count - 1 - after] == other[other.count - 1 - after] { after += 1 }
        while before > 0, before < line.count, line[before] & 0xC0 == 0x80 { before -= 1 }
        return before..<(line.count - after)
    }
}
