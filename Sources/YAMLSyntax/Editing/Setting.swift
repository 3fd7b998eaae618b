import Diagnostics
import SourceText

/// What an edit writes: a text of one line, or entries.
package indirect enum WrittenValue: Sendable {
    case text(String)
    case mapping([(key: String, value: WrittenValue)])
}

/// Edits that give a key of a document a value and leave everything else to the byte.
extension Tree {
    /// Sets a value below the root and makes the mappings that are missing on the way.
    ///
    /// For `["environments", "production", "images"]` and a mapping, entries come behind those that stand there already; a
    /// text takes the place of a scalar. New entries are in the author's style. Nil where the author's spelling leaves a
    /// doubt: behind an alias or a merge key, beside an anchor or a tag, or where something else than a mapping stands on
    /// the way.
    package func setting(_ path: [String], to value: WrittenValue) -> Fix.Edit? {
        var mapping = root
        var key: NodeID?
        for (index, name) in path.enumerated() {
            let missing = path[index...].reversed().reduce(value) { .mapping([($1, $0)]) }
            guard self[mapping].kind == .mapping, self[mapping].count > 0 else {
                return filling(mapping, under: key, with: missing)
            }
            guard let entry = entry(name, in: mapping) else { return adding(missing, to: mapping) }
            let (stated, whole) = (self[entry.key].span, self[mapping].span)
            let span = self[entry.value].span
            // What an alias or a merge key brings stands elsewhere.
            guard stated.start >= whole.start, stated.end <= whole.end, span.count == 0 || span.start >= stated.end,
                !isMarked(between: entry.key, and: entry.value)
            else { return nil }
            (mapping, key) = (entry.value, entry.key)
        }
        switch (value, self[mapping].kind) {
        case (.mapping, .mapping) where self[mapping].count > 0: return adding(value, to: mapping)
        case (.text(let text), .scalar) where !isNothing(mapping):
            return replacing(self.text(mapping), at: self[mapping].span, with: text)
        default: return filling(mapping, under: key, with: value)
        }
    }

    /// Writes another text in the place of a scalar's, in its quotes; nil where the source does not spell the scalar out.
    ///
    /// - Parameter span: with the quotes.
    package func replacing(_ text: String, at span: Span, with other: String) -> Fix.Edit? {
        let bytes = source.bytes[span.range]
        if bytes.elementsEqual(text.utf8) { return Fix.Edit(span, written(other, at: .flow)) }
        guard let quote = bytes.first, quote == 0x22 || quote == 0x27, bytes.count >= 2, bytes.last == quote,
            bytes.dropFirst().dropLast().elementsEqual(text.utf8),
            other.utf8.allSatisfy({ $0 >= 0x20 && $0 != quote && $0 != 0x5C })
        else { return nil }
        return Fix.Edit(Span(span.start + 1, span.end - 1), other)
    }

    private func entry(_ name: String, in mapping: NodeID) -> Entries.Element? {
        guard let symbol = symbols.find(name) else { return nil }
        for entry in entries(mapping) where nodes[Int(entry.key.index)].word == symbol.index { return entry }
        return nil
    }

    /// Whether a node is written as no value: `key:`, `key: ~`, `key: null`.
    private func isNothing(_ node: NodeID) -> Bool {
        guard self[node].kind == .scalar, self[node].style == .plain else { return false }
        return ["", "~", "null", "Null", "NULL"].contains(text(node))
    }

    /// Whether an anchor, an alias or a tag stands between a key and its value.
    private func isMarked(between key: NodeID, and value: NodeID) -> Bool {
        let start = Int(self[key].span.end)
        let end = max(start, Int(self[value].span.start))
        var isComment = false
        for byte in source.bytes[start..<end] {
            if byte == UInt8(ascii: "#") { isComment = true }
            if byte == 0x0A { isComment = false }
            if !isComment, "&*!".utf8.contains(byte) { return true }
        }
        return false
    }

    /// Puts a value where nothing or an empty mapping is written.
    private func filling(_ node: NodeID, under key: NodeID?, with value: WrittenValue) -> Fix.Edit? {
        guard let key, isNothing(node) || self[node].kind == .mapping && self[node].count == 0 else { return nil }
        let span = self[node].span
        if span.count > 0 { return Fix.Edit(span, inBraces(value)) }
        let end = self.end(of: node, after: self[key].span)
        return end > self[key].span.end ? Fix.Edit(Span(end, end), " " + inBraces(value)) : nil
    }

    /// Adds entries behind those that a mapping has.
    private func adding(_ value: WrittenValue, to mapping: NodeID) -> Fix.Edit? {
        let entries = entries(mapping)
        let whole = self[mapping].span
        guard case .mapping(let added) = value, let last = entries.last, let first = entries.first,
            self[first.key].span.start >= whole.start, self[last.key].span.start >= self[first.key].span.start,
            self[last.key].span.end <= whole.end
        else { return nil }
        var end = self.end(of: last)
        if self[mapping].style == .flow {
            return Fix.Edit(Span(end, end), added.map { ", " + inBraces($0.key, $0.value) }.joined())
        }
        guard let indent = indentation(at: self[first.key].span.start) else { return nil }
        let bytes = source.bytes
        while end < bytes.count, bytes[Int(end)] != 0x0A { end += 1 }
        let newline = newline(before: end < bytes.count ? end + 1 : self[first.key].span.start)
        let isInBraces = self[last.value].kind == .mapping && self[last.value].style == .flow
        let text = lines(added, indent: indent, inBraces: isInBraces).joined(separator: newline)
        return end < bytes.count
            ? Fix.Edit(Span(end + 1, end + 1), text + newline) : Fix.Edit(Span(end, end), newline + text)
    }

    /// The end of an entry, whatever its value holds.
    private func end(of entry: Entries.Element) -> UInt32 {
        var (key, value) = entry
        while self[value].kind == .mapping, self[value].style != .flow, let last = entries(value).last,
            self[last.key].span.start >= self[key].span.end
        {
            (key, value) = last
        }
        return max(end(of: value, after: self[key].span), self[key].span.end)
    }

    /// - Parameter inBraces: whether each entry takes one line, as its neighbour does.
    private func lines(
        _ entries: [(key: String, value: WrittenValue)], indent: Int, inBraces isFlow: Bool
    ) -> [String] {
        entries.flatMap { key, value in
            let start = blanks(indent) + written(key, at: .key) + ":"
            guard case .mapping(let inner) = value, !isFlow else { return [start + " " + inBraces(value)] }
            return [start] + lines(inner, indent: indent + 2, inBraces: false)
        }
    }

    private func inBraces(_ value: WrittenValue) -> String {
        switch value {
        case .text(let text): written(text, at: .flow)
        case .mapping(let entries): "{ \(entries.map { inBraces($0.key, $0.value) }.joined(separator: ", ")) }"
        }
    }

    private func inBraces(_ key: String, _ value: WrittenValue) -> String {
        written(key, at: .key) + ": " + inBraces(value)
    }

    private func written(_ text: String, at position: ScalarPosition) -> String {
        var writer = YAMLWriter()
        writer.writeScalar(text, position: position, indent: 0)
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}
