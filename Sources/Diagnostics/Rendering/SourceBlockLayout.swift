import SourceText

/// Source lines with their numbers, and under each the labels of its spans.
extension TextFormat {
    mutating func write(_ block: SourceBlock, arrow: String, severity: Severity) {
        output.write(blanks(gutter) + arrow + " ", .gutter)
        output.write("\(visible(block.index.file.path)):\(block.head.line):\(block.head.column)")
        output.newLine()
        // A file that is not there or is empty has nothing to show.
        if block.index.file.bytes.isEmpty, block.annotations.allSatisfy({ $0.text.isEmpty }) { return }
        beginLine(nil)
        output.newLine()
        var shown: Int?
        var rest = block.annotations[...]
        while let line = rest.first?.line {
            if let shown { writeGap(after: shown, before: line, in: block.index) }
            let end = rest.firstIndex { $0.line != line } ?? rest.endIndex
            write(line: line, rest[..<end], in: block.index, severity)
            rest = rest[end...]
            shown = line
        }
    }

    /// What lies between two lines that are shown: the one line there is, or `...` for several.
    private mutating func writeGap(after shown: Int, before line: Int, in index: FileIndex) {
        if line - shown == 2 {
            let content = index.lines.content(ofLine: shown + 1).range
            let focus = content.lowerBound..<content.lowerBound
            writeSource(shown + 1, LineWindow(index.file.bytes, content: content, focus: focus, room: room))
        } else if line - shown > 2 {
            writeEllipsis()
        }
    }

    /// One line with its labels; twice where two spans are too far apart to be seen at once.
    private mutating func write(
        line: Int, _ annotations: ArraySlice<SourceBlock.Annotation>, in index: FileIndex, _ severity: Severity
    ) {
        var rest = annotations
        while !rest.isEmpty {
            let (window, seen) = window(line, rest, in: index)
            let group = rest.prefix(seen)
            rest = rest.dropFirst(seen)
            writeSource(line, window)
            let rows = LabelRows.rows(
                group.map { annotation in
                    LabelRows.Mark(
                        columns: window.columns(of: annotation.bytes), text: annotation.text,
                        isPrimary: annotation.isPrimary)
                },
                room: options.width == nil ? Int.max / 2 : room)
            for row in rows { write(row, severity) }
        }
    }

    /// A window that shows as many of the spans as one window can, and their number, at least 1.
    private func window(
        _ line: Int, _ annotations: ArraySlice<SourceBlock.Annotation>, in index: FileIndex
    ) -> (LineWindow, Int) {
        let content = index.lines.content(ofLine: line).range
        let start = annotations.first?.bytes.lowerBound ?? content.lowerBound
        // No window holds more than `room` characters, each of at most 4 bytes, but for marks that take no column.
        let near = annotations.prefix { $0.bytes.lowerBound - start <= 4 * room || content.count <= 4 * room }
        var seen = max(1, near.count)
        while true {
            let focus = start..<(near.prefix(seen).map(\.bytes.upperBound).max() ?? start)
            let window = LineWindow(index.file.bytes, content: content, focus: focus, room: room)
            let shown = near.prefix(seen).prefix { window.shows($0.bytes) }.count
            if shown >= seen || seen == 1 { return (window, seen) }
            seen = max(1, shown)
        }
    }

    private mutating func writeSource(_ line: Int, _ window: LineWindow) {
        beginLine(line + 1)
        if !window.text.isEmpty { output.write(" " + window.text) }
        output.newLine()
    }

    private mutating func write(_ row: LabelRows.Row, _ severity: Severity) {
        beginLine(nil)
        output.write(" ")
        for piece in row.pieces {
            output.write(piece.text, piece.isPrimary.map { $0 ? .primary(severity) : .secondary } ?? .plain)
        }
        output.newLine()
    }
}
