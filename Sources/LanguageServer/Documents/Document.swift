import SourceText

/// An open document: its text as the editor has it.
struct Document: Sendable {
    let uri: String
    var version: Int?
    private(set) var positions: PositionTable
    let encoding: PositionEncoding
    /// Counts the texts that the document has had, so that what was found for one is never taken for another's.
    private(set) var revision = 0

    init(uri: String, path: String, version: Int?, text: String, encoding: PositionEncoding) {
        self.uri = uri
        self.version = version
        self.encoding = encoding
        positions = PositionTable(SourceFile(path: path, bytes: Array(text.utf8)))
    }

    var source: SourceFile { positions.file }
    var lines: LineTable { positions.lines }
    var bytes: [UInt8] { source.bytes }

    /// Makes one change of `didChange`: the text of a range, or the whole text.
    mutating func apply(_ change: JSONValue) {
        guard let text = change["text"]?.string else { return }
        var bytes = source.bytes
        if let range = change["range"] {
            let (start, end) = (offset(range["start"]), offset(range["end"]))
            bytes.replaceSubrange(min(start, end)..<max(start, end), with: text.utf8)
        } else {
            bytes = Array(text.utf8)
        }
        positions = PositionTable(SourceFile(path: source.path, bytes: bytes))
        revision += 1
    }

    /// The offset of a position; one beyond its line or the text becomes the nearest that there is.
    func offset(_ position: JSONValue?) -> Int {
        guard let line = position?["line"]?.integer, line >= 0 else { return 0 }
        guard line < lines.starts.count else { return bytes.count }
        var index = Int(lines.starts[line])
        let end = lineEnd(line)
        var rest = max(0, position?["character"]?.integer ?? 0)
        while index < end {
            let units = encoding.units(of: bytes[index])
            // A continuation byte has no units in UTF-16, and goes with the byte before it.
            if rest < max(units, 1), units > 0 { break }
            rest -= units
            index += 1
        }
        while index < end, index > 0, bytes[index] & 0xC0 == 0x80 { index += 1 }
        return index
    }

    /// The offset behind the last character of a line, before its break.
    func lineEnd(_ line: Int) -> Int {
        var end = line + 1 < lines.starts.count ? Int(lines.starts[line + 1]) : bytes.count
        let start = Int(lines.starts[line])
        while end > start, bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
        return end
    }

    func range(_ span: Span) -> JSONValue {
        positions.range(span, encoding)
    }
}
