import Diagnostics
import SourceText

/// Edits that take something out of a document and leave everything else to the byte.
///
/// Each is nil where the author's spelling leaves a doubt: behind an alias or a merge key, beside an anchor or a tag, or
/// with a comment in the middle that would lose what it speaks of.
extension Tree {
    /// Removes an entry from a mapping that keeps others.
    package func removal(ofEntryAt index: Int, in mapping: NodeID) -> Fix.Edit? {
        let entries = entries(mapping)
        guard entries.count > 1, entries.indices.contains(index), isWrittenOut(mapping) else { return nil }
        let places = entries.map { Span(self[$0.key].span.start, end(of: $0.value, after: self[$0.key].span)) }
        return removal(ofPart: index, of: places, isFlow: self[mapping].style == .flow, marker: nil)
    }

    /// Removes an item from a sequence that keeps others.
    package func removal(ofItemAt index: Int, in sequence: NodeID) -> Fix.Edit? {
        let items = items(sequence)
        guard items.count > 1, index < items.count, isWrittenOut(sequence) else { return nil }
        return removal(
            ofPart: index, of: items.map { self[$0].span }, isFlow: self[sequence].style == .flow,
            marker: UInt8(ascii: "-"))
    }

    /// The end of a value; where nothing is written for one, that of the colon behind its key.
    func end(of value: NodeID, after key: Span) -> UInt32 {
        if self[value].span.count > 0 { return self[value].span.end }
        var end = Int(key.end)
        while end < source.bytes.count, source.bytes[end] == 0x20 { end += 1 }
        return end < source.bytes.count && source.bytes[end] == UInt8(ascii: ":") ? UInt32(end + 1) : key.end
    }

    /// Whether a collection's parts stand in the source, one behind the other, inside the collection; of a very long one
    /// it is not said, since each of its parts would ask.
    private func isWrittenOut(_ collection: NodeID) -> Bool {
        guard self[collection].count <= 1000 else { return false }
        let span = self[collection].span
        let children = self[collection].kind == .mapping ? entries(collection).map(\.key) : Array(items(collection))
        var end = span.start
        for child in children {
            guard self[child].span.start >= end, self[child].span.end <= span.end else { return false }
            end = self[child].span.end
        }
        return true
    }

    private func removal(ofPart index: Int, of parts: [Span], isFlow: Bool, marker: UInt8?) -> Fix.Edit? {
        let part = parts[index]
        if isFlow {
            if index + 1 < parts.count {
                let gap = Span(part.end, parts[index + 1].start)
                return isComma(gap) ? Fix.Edit(Span(part.start, gap.end), []) : nil
            }
            let gap = Span(parts[index - 1].end, part.start)
            return isComma(gap) ? Fix.Edit(Span(gap.start, part.end), []) : nil
        }
        return wholeLines(of: part, marker: marker).map { Fix.Edit($0, []) }
    }

    /// Whether a gap between two parts of a flow collection is a comma and blanks.
    private func isComma(_ span: Span) -> Bool {
        source.bytes[span.range].filter { $0 != 0x20 && $0 != 0x0A && $0 != 0x0D } == [UInt8(ascii: ",")]
    }

    /// The lines that a part fills, with the break at their end and a comment behind them; nil when it shares a line.
    ///
    /// - Parameter marker: what stands before the part on its line beside blanks: the `-` of an item.
    package func wholeLines(of part: Span, marker: UInt8? = nil) -> Span? {
        let bytes = source.bytes
        var start = Int(part.start)
        while start > 0, bytes[start - 1] != 0x0A {
            start -= 1
            guard bytes[start] == 0x20 || bytes[start] == marker else { return nil }
        }
        var end = Int(part.end)
        // A comment ends with its line; anything else behind the part is another's.
        while end < bytes.count, bytes[end] == 0x20 || bytes[end] == 0x09 { end += 1 }
        if end < bytes.count, bytes[end] == UInt8(ascii: "#") {
            while end < bytes.count, bytes[end] != 0x0A { end += 1 }
        }
        if end < bytes.count, bytes[end] == 0x0D { end += 1 }
        guard end >= bytes.count || bytes[end] == 0x0A else { return nil }
        return Span(UInt32(start), UInt32(min(end + 1, bytes.count)))
    }
}
