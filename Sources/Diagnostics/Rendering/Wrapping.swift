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
        var word = piece
        var wordWidth = displayWidth(of: word)
        if index > 0, width + 1 + wordWidth <= room {
            line += " "
            width += 1
        } else if index > 0, !line.isEmpty {
            lines.append(line)
            (line, width) = ("", 0)
        }
        while width + wordWidth > room {
            let (head, headWidth) = beginning(of: word, columns: room - width)
            lines.append(line + word[..<head])
            (line, width) = ("", 0)
            word = word[head...]
            wordWidth -= headWidth
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

/// Where a word is cut before the column that does not fit, and how wide what stands before that is; a wide character is
/// never halved, nor a mark parted from its base.
private func beginning(of word: Substring, columns: Int) -> (end: String.Index, width: Int) {
    var width = 0
    for index in word.unicodeScalars.indices {
        let next = displayWidth(of: word.unicodeScalars[index])
        if width + next > max(2, columns) { return (index, width) }
        width += next
    }
    return (word.endIndex, width)
}

/// A paragraph broken at spaces into lines of at most `width` columns, each ended; what is no text is made visible.
package func wrapped(_ text: String, width: Int) -> String {
    wrap(text, first: width, rest: width).map { $0 + "\n" }.joined()
}
