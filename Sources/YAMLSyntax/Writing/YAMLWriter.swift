/// Writes YAML in block style into one buffer of bytes.
///
/// An indentation is a number of spaces; a level is two. A key leaves its line open: a value, or `endLine`, follows.
/// Nothing here knows Compose: which keys there are, in which order and under which comments is the caller's.
package struct YAMLWriter: Sendable {
    package private(set) var bytes: [UInt8] = []
    /// Whether a short sequence that the author wrote in brackets stays in brackets.
    package var keepsFlow = true
    /// Whether a short mapping that the author wrote in braces stays in braces.
    package var keepsFlowMappings = false
    /// Whether `!reset` and `!override` are written; they speak to whoever merges what is written.
    package var keepsMergeTags = false
    /// Whether the last thing written was a block that would take blank lines below it for its own.
    private var endsInKeptBlock = false

    /// Where a sequence or mapping that the author wrote in brackets or braces ends at most, in characters.
    package var keptFlowWidth = YAMLWriter.flowWidth

    /// Flow sequences end at this column at most, in characters.
    package static let flowWidth = 100
    /// The longest key, quotes included, that may stand before its colon on one line (libyaml, PyYAML, go-yaml v3).
    static let simpleKeyLength = 1024

    package init(capacity: Int = 4096) { bytes.reserveCapacity(capacity) }

    // MARK: Lines

    /// Appends text that is already YAML, as it is.
    package mutating func raw(_ text: String) {
        bytes.append(contentsOf: text.utf8)
        endsInKeptBlock = false
    }

    /// Writes an empty line; nothing after a block of text that would take it for its own.
    package mutating func blankLine() {
        if !endsInKeptBlock { bytes.append(0x0A) }
    }

    /// Writes each line of a text as a comment; characters that some reader takes for a line end, and control
    /// characters, become spaces.
    package mutating func comment(_ text: String, indent: Int = 0) {
        for line in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false) {
            indentLine(indent)
            bytes.append(UInt8(ascii: "#"))
            if line.isEmpty {
                bytes.append(0x0A)
                continue
            }
            bytes.append(0x20)
            Self.appendHarmless(line, to: &bytes)
            bytes.append(0x0A)
        }
        endsInKeptBlock = false
    }

    /// Writes a comment of one line as its author wrote it; `text` is what follows the first `#`.
    package mutating func commentLine(_ text: String, indent: Int) {
        indentLine(indent)
        bytes.append(UInt8(ascii: "#"))
        Self.appendHarmless(text.utf8[...], to: &bytes)
        bytes.append(0x0A)
    }

    /// Puts a comment of the author's behind the first line that was written since an offset.
    package mutating func trailingComment(_ text: String, since start: Int) {
        guard let end = bytes[start...].firstIndex(of: 0x0A) else { return }
        var comment = Array("  #".utf8)
        Self.appendHarmless(text.utf8[...], to: &comment)
        bytes.insert(contentsOf: comment, at: end)
    }

    /// Appends the text of a comment with a blank for each character that some reader takes for a line end, or that steers one.
    private static func appendHarmless(_ text: Substring.UTF8View, to bytes: inout [UInt8]) {
        var text = Substring(text)
        text.withUTF8 { text in
            // Most comments are such characters alone.
            if text.allSatisfy({ 0x20...0x7E ~= $0 }) {
                bytes += text
                return
            }
            var index = 0
            while index < text.count {
                if let escaped = ScalarEscaping.escapedScalar(text, index) {
                    bytes.append(0x20)
                    index += escaped.length
                } else {
                    bytes.append(text[index] < 0x20 && text[index] != 0x09 || text[index] == 0x7F ? 0x20 : text[index])
                    index += 1
                }
            }
        }
    }

    /// Makes an item of what was written since an offset, two columns deeper than the dash.
    package mutating func makeItem(since start: Int, indent: Int) { bytes[start + indent] = UInt8(ascii: "-") }

    package mutating func endLine() { bytes.append(0x0A) }

    mutating func indentLine(_ indent: Int) {
        let spaces: StaticString = "                                "
        var rest = indent
        while rest > 0 {
            let count = min(rest, spaces.utf8CodeUnitCount)
            append(UnsafeBufferPointer(start: spaces.utf8Start, count: count))
            rest -= count
        }
        endsInKeptBlock = false
    }

    mutating func dash() { bytes.append(UInt8(ascii: "-")) }
    mutating func space() { bytes.append(0x20) }
    mutating func append(_ text: UnsafeBufferPointer<UInt8>) { bytes.append(contentsOf: text) }
    mutating func append(_ text: StaticString) {
        append(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }
    /// Takes back what was written since an offset.
    package mutating func rewind(to count: Int) { bytes.removeLast(bytes.count - count) }

    // MARK: Keys and scalars

    /// Writes a key and its colon on a new line.
    package mutating func key(_ text: String, indent: Int) {
        var copy = text
        copy.withUTF8 { key($0, indent: indent) }
    }

    package mutating func key(_ text: UnsafeBufferPointer<UInt8>, indent: Int) {
        indentLine(indent)
        inlineKey(text, indent: indent)
    }

    /// Writes a key behind what its line already holds; `indent` is the column it begins at.
    mutating func inlineKey(_ text: UnsafeBufferPointer<UInt8>, indent: Int) {
        let start = bytes.count
        _ = appendScalar(text, ScalarQuoting.form(of: text, at: .key), indent: indent)
        if bytes.count - start > Self.simpleKeyLength, characterCount(from: start) > Self.simpleKeyLength {
            bytes.insert(contentsOf: "? ".utf8, at: start)
            bytes.append(0x0A)
            bytes.append(contentsOf: repeatElement(0x20, count: indent))
        }
        bytes.append(UInt8(ascii: ":"))
    }

    /// Writes `key: value` with a value that is this string to every reader.
    package mutating func entry(_ key: String, _ value: String, indent: Int) {
        self.key(key, indent: indent)
        space()
        writeScalar(value, position: .blockValue, indent: indent)
    }

    /// Writes `- value` with a value that is this string to every reader.
    package mutating func item(_ value: String, indent: Int) {
        indentLine(indent)
        dash()
        space()
        writeScalar(value, position: .sequenceItem, indent: indent)
    }

    /// Writes a string so that every reader reads exactly it, and ends the line unless the position is a key or flow.
    ///
    /// - Parameter indent: the indentation of the line that holds the key or dash; a literal block stands two deeper.
    package mutating func writeScalar(_ text: String, position: ScalarPosition, indent: Int) {
        var copy = text
        copy.withUTF8 { writeScalar($0, position: position, indent: indent) }
    }

    package mutating func writeScalar(_ text: UnsafeBufferPointer<UInt8>, position: ScalarPosition, indent: Int) {
        let endsLine = appendScalar(text, ScalarQuoting.form(of: text, at: position), indent: indent)
        if !endsLine, position == .blockValue || position == .sequenceItem { endLine() }
    }

    /// Writes a text in a form; true when that ended the line.
    mutating func appendScalar(_ text: UnsafeBufferPointer<UInt8>, _ form: ScalarForm, indent: Int) -> Bool {
        switch form {
        case .plain: append(text)
        case .singleQuoted: ScalarEscaping.appendSingleQuoted(text, to: &bytes)
        case .doubleQuoted: ScalarEscaping.appendDoubleQuoted(text, to: &bytes)
        case .literal:
            endsInKeptBlock = ScalarEscaping.appendLiteral(text, indent: indent + 2, to: &bytes)
            return true
        }
        return false
    }

    /// The characters written since an index.
    func characterCount(from start: Int) -> Int {
        bytes[start...].reduce(0) { $1 & 0xC0 == 0x80 ? $0 : $0 + 1 }
    }
}

/// A value in a mapping of one line.
package enum FlowValue: Sendable {
    /// What every reader reads as exactly this string.
    case text(String)
    /// Text that is already YAML, as it is.
    case written(String)
}

extension YAMLWriter {
    /// Writes ` [a, b]` behind a key and ends the line, or a block sequence where that would be too long.
    package mutating func flowSequence(_ items: [String], indent: Int) {
        let start = bytes.count
        append(" [")
        for (index, item) in items.enumerated() {
            if index > 0 { append(", ") }
            writeScalar(item, position: .flow, indent: indent)
        }
        append("]\n")
        guard characterCount(from: start) + indent > Self.flowWidth || items.contains(where: { $0.contains("\n") })
        else {
            return
        }
        rewind(to: start)
        endLine()
        for item in items { self.item(item, indent: indent + 2) }
    }

    /// Writes ` { key: value, … }` behind a key and ends the line, with values that are these strings to every reader.
    ///
    /// - Returns: where each entry begins in `bytes`; nil where nothing was written, because the line would be too long.
    package mutating func flowMapping(_ entries: [(key: String, value: FlowValue)], indent: Int) -> [Int]? {
        let start = bytes.count
        var places: [Int] = []
        append(" {")
        for (index, entry) in entries.enumerated() {
            append(index > 0 ? ", " : " ")
            places.append(bytes.count)
            writeScalar(entry.key, position: .flow, indent: indent)
            append(": ")
            switch entry.value {
            case .text(let text) where text.utf8.contains(0x0A):
                rewind(to: start)
                return nil
            case .text(let text): writeScalar(text, position: .flow, indent: indent)
            case .written(let text): raw(text)
            }
        }
        append(" }\n")
        let line = bytes[..<start].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        if characterCount(from: line) - 1 <= Self.flowWidth { return places }
        rewind(to: start)
        return nil
    }
}
