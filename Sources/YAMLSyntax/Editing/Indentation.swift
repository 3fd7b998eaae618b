import SourceText

/// Where text stands on its lines, for edits that move it.
extension Tree {
    /// The blanks before an offset on its line; nil when something else stands there.
    package func indentation(at offset: UInt32) -> Int? {
        var count = 0
        while count < Int(offset), ![0x0A, 0x0D].contains(source.bytes[Int(offset) - count - 1]) {
            guard source.bytes[Int(offset) - count - 1] == 0x20 else { return nil }
            count += 1
        }
        return count
    }

    /// What ends the line before the one on which a place stands behind blanks alone.
    package func newline(before offset: UInt32) -> String {
        let start = Int(offset) - (indentation(at: offset) ?? 0)
        return start >= 2 && source.bytes[start - 2] == 0x0D ? "\r\n" : "\n"
    }

    /// The blanks before the dash of a list's item; nil when something else stands before the item on its line.
    package func indentation(ofItemAt offset: UInt32) -> Int? {
        var dash = Int(offset) - 1
        while dash >= 0, source.bytes[dash] == 0x20 { dash -= 1 }
        return dash >= 0 && source.bytes[dash] == UInt8(ascii: "-") ? indentation(at: UInt32(dash)) : nil
    }

    /// The text of a span whose lines after the first are moved right or left; nil when a line has fewer blanks than it
    /// is to lose, or when the text refers to or defines what lies elsewhere: anchors, aliases and tags do not move.
    package func text(of span: Span, movedBy shift: Int) -> String? {
        var lines: [String] = []
        for (number, line) in source.text(span).split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let words = line.split { $0 == " " || $0 == "[" || $0 == "{" || $0 == "," }
            if words.contains(where: { "&*!".utf8.contains($0.utf8.first ?? 0) }) { return nil }
            if number == 0 || line.allSatisfy({ $0 == " " || $0 == "\r" }) {
                lines.append(String(line))
            } else if shift >= 0 {
                lines.append(blanks(shift) + line)
            } else {
                guard line.utf8.prefix(-shift).allSatisfy({ $0 == 0x20 }), line.utf8.count > -shift else { return nil }
                lines.append(String(line.dropFirst(-shift)))
            }
        }
        return lines.joined(separator: "\n")
    }
}
