/// Prose broken at spaces into lines of at most `first` and then `rest` columns; a word that fits no line is cut.
///
/// The text is made visible first. A line after the first never begins with `::`, which the GitHub runner takes for a
/// command even behind spaces.
package func wrap(_ text: String, first: Int, rest: Int) -> [String] {
    let text = visible(text)
    if displayWidth(of: text) <= first { return [text] }
    var lines: [String] = []
    var line = ""
    var width = 0
    var room: Int { max(8, lines.isEmpty ? first : rest) }
    for (index, piece) in text.split(separator: " ", omittingEmptySubsequences: false).enumerated() {
        var word = String(piece)
        var wordWidth = displayWidth(of: word)
        if index > 0, width + 1 + wordWidth <= room {
            line += " "
            width += 1
        } else if index > 0, !line.isEmpty {
            lines.append(line)
            (line, width) = ("", 0)
        }
        while width + wordWidth > room {
            let (head, tail) = split(word, at: room - width)
            lines.append(line + head)
            (line, width) = ("", 0)
            word = tail
            wordWidth = displayWidth(of: word)
        }
        line += word
        width += wordWidth
    }
    if !line.isEmpty || lines.isEmpty { lines.append(line) }
    return lines.enumerated().map { index, line in index > 0 ? withoutCommand(line) : line }
}

/// A text whose first colons, if two begin it, are no command.
func withoutCommand(_ line: String) -> String {
    let trimmed = line.drop { $0 == " " }
    return trimmed.hasPrefix("::") ? "\\u{3a}" + trimmed.dropFirst() : line
}

/// A word cut before the column that does not fit; a wide character is never halved, nor a mark parted from its base.
private func split(_ word: String, at columns: Int) -> (String, String) {
    var width = 0
    var head = ""
    for (index, scalar) in word.unicodeScalars.enumerated() {
        let next = displayWidth(of: scalar)
        if width + next > max(2, columns) { return (head, String(word.unicodeScalars.dropFirst(index))) }
        width += next
        head.unicodeScalars.append(scalar)
    }
    return (head, "")
}

/// A paragraph broken at spaces into lines of at most `width` columns, each ended; what is no text is made visible.
package func wrapped(_ text: String, width: Int) -> String {
    wrap(text, first: width, rest: width).map { $0 + "\n" }.joined()
}
