/// A shell function that prints lines as they stand.
struct ScriptTable {
    let name: String
    /// What the table holds, as comment lines.
    let comments: [String]
    /// The lines, each with its end.
    let lines: [UInt8]
    /// The command that prints them.
    let reader: String

    init(name: String, comments: [String], lines: [UInt8], reader: String = "cat") {
        self.name = name
        self.comments = comments
        self.lines = lines
        self.reader = reader
    }

    /// The same table, printed by a function of the script.
    func read(by reader: String) -> ScriptTable {
        ScriptTable(name: name, comments: comments, lines: lines, reader: reader)
    }

    /// A table of free texts, a line each: what could end a line or the table is replaced by spaces.
    init(name: String, comments: [String], texts: [String]) {
        var lines: [UInt8] = []
        for text in texts {
            if text == "END" { lines.append(UInt8(ascii: " ")) }
            // dash 0.5.12 loses a byte above 0x7F that follows the first letters of the mark at a line's beginning. Only
            // a path can begin so, and means the same from here.
            if Self.beginsLikeTheEnd(text) { lines += "./".utf8 }
            for byte in text.utf8 { lines.append(byte < 0x20 || byte == 0x7F ? UInt8(ascii: " ") : byte) }
            lines.append(0x0A)
        }
        self.init(name: name, comments: comments, lines: lines)
    }

    private static func beginsLikeTheEnd(_ text: String) -> Bool {
        let rest = text.utf8.drop { $0 < 0x80 }
        return !rest.isEmpty && rest.startIndex > text.startIndex && "END".hasPrefix(text[..<rest.startIndex])
    }

    /// Appends the function.
    func append(to bytes: inout [UInt8]) {
        for comment in comments { bytes += "# \(comment)\n".utf8 }
        bytes += "\(name)() {\n\t\(reader) <<'END'\n".utf8
        bytes += lines
        bytes += "END\n}\n\n".utf8
    }

    /// The characters of the widest column that rows are filled up to: rows times the widest is no bound that a
    /// manifest's length gives.
    private static let widest = 200

    /// The lines of rows whose columns are parted by two spaces and more; the last column takes the rest of its line.
    static func aligned(_ rows: [[String]]) -> [UInt8] {
        guard let last = rows.first?.indices.last else { return [] }
        var widths = [Int](repeating: 0, count: last)
        for row in rows {
            for column in 0..<last {
                let width = characterCount(row[column].utf8)
                if width <= widest { widths[column] = max(widths[column], width) }
            }
        }
        var lines: [UInt8] = []
        lines.reserveCapacity(rows.count * (widths.reduce(32) { $0 + $1 + 2 }))
        for row in rows {
            for column in 0..<last {
                lines += row[column].utf8
                let room = max(2, widths[column] + 2 - characterCount(row[column].utf8))
                lines.append(contentsOf: repeatElement(UInt8(ascii: " "), count: room))
            }
            lines += row[last].utf8
            lines.append(0x0A)
        }
        return lines
    }
}
