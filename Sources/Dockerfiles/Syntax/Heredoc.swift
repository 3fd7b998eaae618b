/// The head of a here-document: `<<EOF`, `<<-EOF`, `3<<"EOF"`.
struct Heredoc {
    /// The line that ends it.
    let terminator: [UInt8]
    /// Whether tabs before the terminator do not count.
    let dropsTabs: Bool

    /// The here-documents that a joined instruction begins, in order.
    ///
    /// A word of the shell's counts, so that `"<<EOF"` in quotes is none; a quote that is not closed makes all of it
    /// text, as in BuildKit.
    static func all(in text: ArraySlice<UInt8>) -> [Heredoc] {
        guard let words = words(of: text, keepsQuotes: true) else { return [] }
        return words.compactMap(Heredoc.init(word:))
    }

    private init?(word: [UInt8]) {
        var rest = word[...].drop(while: isDigit)
        guard rest.starts(with: "<<".utf8) else { return nil }
        rest = rest.dropFirst(2)
        dropsTabs = rest.first == UInt8(ascii: "-")
        if dropsTabs { rest = rest.dropFirst() }
        rest = rest.drop(while: isBlank)
        guard !rest.isEmpty, !rest.contains(UInt8(ascii: "<")),
            let names = Self.words(of: rest, keepsQuotes: false), names.count == 1
        else { return nil }
        terminator = names[0]
    }

    /// Splits at white space outside quotes and `${…}`; nil when a quote is not closed.
    private static func words(of text: ArraySlice<UInt8>, keepsQuotes: Bool) -> [[UInt8]]? {
        var words: [[UInt8]] = []
        var word: [UInt8] = []
        var quote: UInt8?
        var braces = 0
        var index = text.startIndex
        while index < text.endIndex {
            let byte = text[index]
            index += 1
            if byte == UInt8(ascii: "\\"), quote != UInt8(ascii: "'") {
                if keepsQuotes || quote != nil { word.append(byte) }
                guard index < text.endIndex else { break }
                if !keepsQuotes, quote != nil, "\"$\\".utf8.contains(text[index]) { word.removeLast() }
                word.append(text[index])
                index += 1
            } else if let open = quote {
                if byte == open { quote = nil }
                if byte != open || keepsQuotes { word.append(byte) }
            } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
                quote = byte
                if keepsQuotes { word.append(byte) }
            } else if isBlank(byte), braces == 0 {
                if !word.isEmpty { words.append(word) }
                word.removeAll(keepingCapacity: true)
            } else {
                if byte == UInt8(ascii: "{"), word.last == UInt8(ascii: "$") { braces += 1 }
                if byte == UInt8(ascii: "}"), braces > 0 { braces -= 1 }
                word.append(byte)
            }
        }
        if quote != nil || braces > 0 { return nil }
        if !word.isEmpty { words.append(word) }
        return words
    }
}
