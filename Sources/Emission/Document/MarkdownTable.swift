/// A Markdown table with aligned columns, as formatters such as Prettier write it, so that they leave it alone.
///
/// A large workspace has ten thousand rows: their cells lie in one array of bytes. No row is filled up for the sake of a
/// cell that is wider than any screen: rows times the widest cell is no bound that a manifest's length gives.
struct MarkdownTable {
    /// What a cell shows.
    enum Cell {
        /// A text of the manifest.
        case text(String)
        /// A text of the manifest as code.
        case code(String)
        /// Markdown that `MarkdownText` made.
        case markdown(String)
    }

    /// The characters of the widest cell that others are aligned with.
    private static let widest = 200

    private let header: [String]
    /// The cells' contents, one behind the other, row by row.
    private var bytes: [UInt8] = []
    /// For each cell of the rows where it ends in `bytes`, and its width in characters.
    private var cells: [(end: UInt32, width: UInt32)] = []
    /// The width of each column.
    private var widths: [Int]

    init(_ header: [String]) {
        self.header = header
        widths = header.map { max(3, $0.unicodeScalars.count) }
    }

    var isEmpty: Bool { cells.isEmpty }

    /// Adds a row with as many cells as the header has.
    mutating func add(_ row: [Cell]) {
        for (column, cell) in row.enumerated() {
            let start = bytes.count
            switch cell {
            case .text(let text): bytes += MarkdownText.cell(MarkdownText.line(text)).utf8
            case .markdown(let text): bytes += MarkdownText.cell(text).utf8
            case .code(let text):
                bytes.append(UInt8(ascii: "`"))
                if !text.isEmpty, appendPlain(text) {
                    bytes.append(UInt8(ascii: "`"))
                } else {
                    bytes.removeLast()
                    bytes += MarkdownText.cell(MarkdownText.code(text)).utf8
                }
            }
            let width = characterCount(bytes[start...])
            cells.append((UInt32(bytes.count), UInt32(width)))
            if width <= Self.widest { widths[column] = max(widths[column], width) }
        }
    }

    /// Appends a text that needs no change to be code in a cell; false, with nothing appended, for any other.
    private mutating func appendPlain(_ text: String) -> Bool {
        var copy = text
        return copy.withUTF8 { text in
            var previous = UInt8(ascii: " ")
            for byte in text {
                if byte < 0x20 || byte >= 0x7F || byte == UInt8(ascii: "|") || byte == UInt8(ascii: "`")
                    || byte == UInt8(ascii: "#")
                {
                    return false
                }
                if byte == UInt8(ascii: " "), previous == byte { return false }
                previous = byte
            }
            if !text.isEmpty, previous == UInt8(ascii: " ") { return false }
            bytes.append(contentsOf: text)
            return true
        }
    }

    /// Appends the lines of the table.
    func write(to result: inout [UInt8]) {
        let length = (widths.reduce(4) { $0 + $1 + 3 }) * (cells.count / header.count + 2) + bytes.count
        // Room for this table alone would make every further one move the whole text.
        if result.capacity < result.count + length {
            result.reserveCapacity(max(result.count + length, result.capacity * 3 / 2))
        }
        for (column, title) in header.enumerated() {
            result += column == 0 ? "| ".utf8 : " | ".utf8
            result += title.utf8
            pad(&result, widths[column] - title.unicodeScalars.count)
        }
        result += " |\n| ".utf8
        for (column, width) in widths.enumerated() {
            if column > 0 { result += " | ".utf8 }
            result.append(contentsOf: repeatElement(UInt8(ascii: "-"), count: width))
        }
        result += " |\n".utf8
        var start = 0
        var column = 0
        for cell in cells {
            if column > 0 { result.append(UInt8(ascii: " ")) }
            result.append(UInt8(ascii: "|"))
            result.append(UInt8(ascii: " "))
            result.append(contentsOf: bytes[start..<Int(cell.end)])
            pad(&result, widths[column] - Int(cell.width))
            start = Int(cell.end)
            column += 1
            if column == widths.count {
                result.append(UInt8(ascii: " "))
                result.append(UInt8(ascii: "|"))
                result.append(UInt8(ascii: "\n"))
                column = 0
            }
        }
    }

    private func pad(_ result: inout [UInt8], _ count: Int) {
        for _ in 0..<max(0, count) { result.append(UInt8(ascii: " ")) }
    }
}
