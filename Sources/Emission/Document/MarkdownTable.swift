/// A Markdown table with aligned columns, as formatters such as Prettier write it, so that they leave it alone.
struct MarkdownTable {
    private let header: [String]
    private var rows: [[String]] = []

    init(_ header: [String]) { self.header = header }

    mutating func add(_ row: [String]) { rows.append(row.map(Self.cell)) }

    var isEmpty: Bool { rows.isEmpty }

    /// The lines of the table.
    var text: String {
        let all = [header] + rows
        let widths = header.indices.map { column in max(3, all.map { $0[column].unicodeScalars.count }.max() ?? 3) }
        func line(_ cells: [String]) -> String {
            let padded = zip(cells, widths).map { cell, width in
                cell + String(repeating: " ", count: width - cell.unicodeScalars.count)
            }
            return "| " + padded.joined(separator: " | ") + " |\n"
        }
        return line(header) + line(widths.map { String(repeating: "-", count: $0) }) + rows.map(line).joined()
    }

    /// Text that is one cell whatever it holds: one line, no bar, no HTML.
    private static func cell(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "|": result += "\\|"
            case "<": result += "&lt;"
            case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value): result += " "
            case "\u{2028}", "\u{2029}": result += " "
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result.split(separator: " ").joined(separator: " ")
    }
}
