/// The part of a source line that is shown: all of it, or what surrounds the spans, with `…` where it goes on.
struct LineWindow {
    /// What is shown, at most `room` columns wide.
    let text: String
    private let cells: [Cell]
    /// The bytes of printable ASCII that are shown as they are, with some on either side: each is a column, and `cells` is
    /// empty.
    private let plain: Range<Int>?
    /// The columns of the line that are shown.
    private let shown: Range<Int>
    /// The column at which the first of them is shown.
    private let inset: Int

    /// - Parameters:
    ///   - content: the bytes of the line, without its end.
    ///   - focus: the bytes that must be seen; its beginning at least, where it is wider than the window.
    ///   - room: the columns there are, at least 8.
    init(_ bytes: [UInt8], content: Range<Int>, focus: Range<Int>, room: Int) {
        // No more than the room is shown on either side.
        let near = Self.surroundings(of: focus, reach: room, in: content)
        if isPlainASCII(bytes[near], hasLines: false) {
            (plain, cells) = (near, [])
            func column(_ byte: Int) -> Int { min(max(byte, near.lowerBound), near.upperBound) - near.lowerBound }
            (shown, inset, text) = Self.choose(
                width: near.count, focus: (column(focus.lowerBound), column(focus.upperBound)),
                cut: (near.lowerBound > content.lowerBound, near.upperBound < content.upperBound), room: room
            ) { shown in
                let upper = min(near.lowerBound + shown.upperBound, near.upperBound)
                let lower = min(near.lowerBound + shown.lowerBound, upper)
                return String(decoding: bytes[lower..<upper], as: UTF8.self)
            }
            return
        }
        plain = nil
        // A character has at most 4 bytes, so that this fills the room on either side; only marks that take no column
        // could leave some of it empty.
        let reach = 4 * room
        var part = content
        if content.count > 2 * reach {
            part = Self.atCharacters(bytes, Self.surroundings(of: focus, reach: reach, in: content), in: content)
        }
        let cells = Diagnostics.cells(of: bytes, in: part)
        self.cells = cells
        (shown, inset, text) = Self.choose(
            width: cells.last?.endColumn ?? 0,
            focus: (
                Self.column(of: focus.lowerBound, in: cells),
                Self.column(of: focus.upperBound, in: cells, roundingUp: true)
            ), cut: (part.lowerBound > content.lowerBound, part.upperBound < content.upperBound), room: room
        ) { Self.text(cells, $0) }
    }

    /// The bytes of a line around a focus, of which a wide one counts by its beginning.
    private static func surroundings(of focus: Range<Int>, reach: Int, in content: Range<Int>) -> Range<Int> {
        let upper = min(focus.upperBound, focus.lowerBound + reach)
        let end = max(content.lowerBound, min(content.upperBound, upper + reach))
        return min(max(content.lowerBound, focus.lowerBound - reach), end)..<end
    }

    /// Which columns of a part of a line are shown, where the first of them is shown, and what is shown.
    ///
    /// - Parameters:
    ///   - width: the columns of the part.
    ///   - focus: the column at which the focus begins and the one before which it ends.
    ///   - cut: whether the line goes on at either side of the part.
    ///   - text: what stands in some columns.
    private static func choose(
        width: Int, focus: (start: Int, end: Int), cut: (left: Bool, right: Bool), room: Int,
        text: (Range<Int>) -> String
    ) -> (shown: Range<Int>, inset: Int, text: String) {
        let start = focus.start
        let end = max(start + 1, focus.end)
        if max(width, end) <= room, !cut.left, !cut.right { return (0..<room, 0, text(0..<room)) }
        var first = 0
        if cut.left || end > room - 1 {
            first = max(0, start - (room - 2 - min(end - start, room - 2)) / 2)
            // Near the end of the line, what stands before the span tells more than empty space after it.
            if !cut.right, first + room - 1 >= max(width, end) { first = max(0, max(width, end) - (room - 1)) }
        }
        let leads = cut.left || first > 0
        var last = first + room - (leads ? 1 : 0)
        let trails = cut.right || width > last
        if trails { last -= 1 }
        return (first..<last, leads ? 1 : 0, (leads ? "…" : "") + text(first..<last) + (trails ? "…" : ""))
    }

    /// The columns at which bytes are shown, zero-based and never empty.
    func columns(of bytes: Range<Int>) -> Range<Int> {
        let start = shownColumn(column(of: bytes.lowerBound))
        let end = shownColumn(column(of: bytes.upperBound, roundingUp: true))
        return start..<max(start + 1, end)
    }

    /// Whether a span is shown whole, or at least begins there if no window could show it whole.
    func shows(_ bytes: Range<Int>) -> Bool {
        let start = column(of: bytes.lowerBound)
        let end = column(of: bytes.upperBound, roundingUp: true)
        return shown.contains(start) && (end <= shown.upperBound || end - start > shown.count)
    }

    private func column(of byte: Int, roundingUp: Bool = false) -> Int {
        guard let plain else { return Self.column(of: byte, in: cells, roundingUp: roundingUp) }
        return min(max(byte, plain.lowerBound), plain.upperBound) - plain.lowerBound
    }

    private func shownColumn(_ column: Int) -> Int {
        min(max(column, shown.lowerBound), shown.upperBound) - shown.lowerBound + inset
    }

    /// The cells that lie in some columns whole; half a wide character at the beginning becomes a space.
    private static func text(_ cells: [Cell], _ shown: Range<Int>) -> String {
        var text = ""
        var column = shown.lowerBound
        for cell in cells[index(atColumn: shown.lowerBound, in: cells)...] {
            if cell.endColumn > shown.upperBound { break }
            if cell.column < shown.lowerBound || cell.width == 0 && cell.column == shown.lowerBound && column > 0 {
                continue
            }
            while column < cell.column {
                text += " "
                column += 1
            }
            text += cell.text
            column = cell.endColumn
        }
        return text
    }

    /// The first cell that ends after a column.
    private static func index(atColumn column: Int, in cells: [Cell]) -> Int {
        var (low, high) = (0, cells.count)
        while low < high {
            let middle = (low + high) / 2
            if cells[middle].endColumn <= column { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The column of the cell that holds a byte; with `roundingUp`, of the first cell that begins at or after it.
    private static func column(of byte: Int, in cells: [Cell], roundingUp: Bool = false) -> Int {
        var (low, high) = (0, cells.count)
        while low < high {
            let middle = (low + high) / 2
            if cells[middle].offset < byte { low = middle + 1 } else { high = middle }
        }
        guard low < cells.count else { return cells.last?.endColumn ?? 0 }
        if !roundingUp {
            if cells[low].offset > byte, low > 0 { low -= 1 }
            // A mark is pointed at through the character it stands on.
            while low > 0, cells[low].width == 0 { low -= 1 }
        }
        return cells[low].column
    }

    private static func atCharacters(_ bytes: [UInt8], _ part: Range<Int>, in content: Range<Int>) -> Range<Int> {
        var (lower, upper) = (part.lowerBound, part.upperBound)
        while lower < upper, lower > content.lowerBound, bytes[lower] & 0xC0 == 0x80 { lower += 1 }
        while upper > lower, upper < content.upperBound, bytes[upper] & 0xC0 == 0x80 { upper -= 1 }
        return lower..<upper
    }
}
