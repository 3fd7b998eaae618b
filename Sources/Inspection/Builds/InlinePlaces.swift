import SourceText
import YAMLSyntax

/// Where the parts of a text stand in the scalar of the manifest that it was read from: exactly, or its line in a literal
/// block, or the whole.
///
/// Compared line by line once, so that a place costs the same in a long text as in a short one: a Dockerfile has one for
/// each base that it uses.
struct InlinePlaces: Sendable {
    private let whole: Span
    /// Where the text begins if it stands there byte for byte.
    private let exactStart: UInt32?
    /// The lines of a literal block.
    private var lines: [Line] = []

    /// A line of the text, and how much further on it stands in the manifest; nil where something else stands there.
    private struct Line {
        let bytes: Range<Int>
        let shift: Int?
    }

    init(of text: [UInt8], in id: NodeID, of tree: borrowing Tree) {
        whole = tree[id].span
        let isVerbatim = tree.bytes(id).elementsEqual(text)
        let beginning = tree.span(of: 0..<0, in: id)
        exactStart = isVerbatim && beginning != whole ? beginning.start : nil
        guard exactStart == nil, tree[id].style == .literal else { return }
        let bytes = tree.source.bytes
        // The text's first line is the one below the `|`.
        var next = bytes[Int(whole.start)...].firstIndex(of: 0x0A).map { $0 + 1 }
        for line in text.split(separator: 0x0A, omittingEmptySubsequences: false) {
            guard let start = next else { return }
            let newline = bytes[start...].firstIndex(of: 0x0A)
            var end = newline ?? bytes.count
            if bytes[end - 1] == 0x0D { end -= 1 }
            let isHere =
                !line.isEmpty && end - start >= line.count && bytes[(end - line.count)..<end].elementsEqual(line)
            lines.append(Line(bytes: line.indices, shift: isHere ? end - line.count - line.startIndex : nil))
            next = newline.map { $0 + 1 }
        }
    }

    /// The place of some bytes of the text; of several lines, that of the first one's.
    func place(of span: Span) -> Span {
        if let exactStart { return Span(exactStart + span.start, exactStart + span.end) }
        // The last line that begins at or before the place.
        var (low, high) = (0, lines.count)
        while low < high {
            let middle = (low + high) / 2
            if lines[middle].bytes.lowerBound <= Int(span.start) { low = middle + 1 } else { high = middle }
        }
        guard low > 0, let shift = lines[low - 1].shift else { return whole }
        let line = lines[low - 1].bytes
        let lower = min(Int(span.start), line.upperBound)
        return Span(UInt32(lower + shift), UInt32(min(max(Int(span.end), lower), line.upperBound) + shift))
    }
}
