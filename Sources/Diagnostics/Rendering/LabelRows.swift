import SourceText

/// The rows under a source line: underlines, the labels beside them, and those that hang below at a `|`.
enum LabelRows {
    /// A span of the line that is shown.
    struct Mark {
        /// Zero-based columns of what is shown; never empty.
        let columns: Range<Int>
        /// What is said of it, visible; may be empty.
        let text: String
        let isPrimary: Bool
    }

    /// One row from its first column on.
    struct Row {
        /// A text of one role; `isPrimary` is nil for the space between marks.
        struct Piece {
            var text: String
            var isPrimary: Bool?
        }

        private(set) var pieces: [Piece] = []
        private var width = 0

        mutating func add(_ text: String, at column: Int, _ isPrimary: Bool) {
            if column > width { pieces.append(Piece(text: blanks(column - width))) }
            if column == width, let last = pieces.indices.last, pieces[last].isPrimary == isPrimary {
                pieces[last].text += text
            } else {
                pieces.append(Piece(text: text, isPrimary: isPrimary))
            }
            width = max(width, column) + displayWidth(of: text)
        }
    }

    /// The fewest columns that a label is wrapped into.
    private static let narrowest = 24

    /// - Parameter room: the columns there are.
    static func rows(_ marks: [Mark], room: Int) -> [Row] {
        var pending = marks.filter { !$0.text.isEmpty }.sorted { left, right in
            // From right to left; at one column the primary label first.
            if left.columns.lowerBound != right.columns.lowerBound {
                return left.columns.lowerBound > right.columns.lowerBound
            }
            return left.isPrimary && !right.isPrimary
        }
        var rows = [underlines(marks)]
        let end = marks.map(\.columns.upperBound).max() ?? 0
        if let first = pending.first, first.columns.upperBound == end {
            let lines = beside(first, room: room - end - 1, of: room)
            if !lines.isEmpty { pending.removeFirst() }
            for (index, line) in lines.enumerated() {
                if index > 0 { rows.append(connectors(pending)) }
                rows[rows.count - 1].add(line, at: end + 1, first.isPrimary)
            }
        }
        if !pending.isEmpty { rows.append(connectors(pending)) }
        while !pending.isEmpty {
            let mark = pending.removeFirst()
            let left = pending.filter { $0.columns.lowerBound < mark.columns.lowerBound }
            // Where the room ends too soon, the label begins left of its mark, but right of the next connector.
            let rightmost = room - min(displayWidth(of: mark.text), narrowest)
            let column = min(mark.columns.lowerBound, max(rightmost, (left.first?.columns.lowerBound ?? -2) + 2))
            for line in wrap(mark.text, first: room - column, rest: room - column) {
                var row = connectors(left)
                row.add(line, at: column, mark.isPrimary)
                rows.append(row)
            }
        }
        return rows
    }

    /// The lines of a label that stands right of its underline; empty where that is too narrow.
    private static func beside(_ mark: Mark, room: Int, of whole: Int) -> [String] {
        if displayWidth(of: mark.text) <= room { return [mark.text] }
        return room >= max(narrowest, whole / 2) ? wrap(mark.text, first: room, rest: room) : []
    }

    /// A `|` under the beginning of each mark.
    private static func connectors(_ marks: [Mark]) -> Row {
        var row = Row()
        var last = -1
        for mark in marks.reversed() where mark.columns.lowerBound > last {
            last = mark.columns.lowerBound
            row.add("|", at: last, marks.contains { $0.columns.lowerBound == last && $0.isPrimary })
        }
        return row
    }

    /// `^^^` under the primary span and `---` under others; of spans that overlap, the shorter is drawn over the longer.
    private static func underlines(_ marks: [Mark]) -> Row {
        let drawn = marks.sorted { left, right in
            if left.columns.count != right.columns.count { return left.columns.count > right.columns.count }
            return right.isPrimary && !left.isPrimary
        }
        var columns = [Bool?](repeating: nil, count: marks.map(\.columns.upperBound).max() ?? 0)
        for mark in drawn {
            for column in mark.columns { columns[column] = mark.isPrimary }
        }
        var row = Row()
        var start = 0
        while start < columns.count {
            let isPrimary = columns[start]
            let end = columns[start...].firstIndex { $0 != isPrimary } ?? columns.count
            if let isPrimary {
                row.add(repeated(UInt8(ascii: isPrimary ? "^" : "-"), end - start), at: start, isPrimary)
            }
            start = end
        }
        return row
    }
}
