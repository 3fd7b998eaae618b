import SourceText

/// Labels of one file that stand near each other and are shown as one excerpt.
struct SourceBlock {
    /// A label on the first line of its span.
    struct Annotation {
        /// Zero-based.
        let line: Int
        /// The bytes that are underlined, inside the line's content; empty at a line's end.
        let bytes: Range<Int>
        let text: String
        let isPrimary: Bool
    }

    let index: FileIndex
    /// The place that heads the block: the primary span's, else that of the first label.
    let head: Position
    /// Ascending by line, then by place; the primary one first among equals.
    let annotations: [Annotation]

    /// The one-based number of the last line shown.
    var lastLine: Int { (annotations.last?.line ?? 0) + 1 }

    /// The most lines between two labels that are still bridged by `...` rather than shown under `:::`.
    private static let reach = 10

    /// The blocks of a diagnostic: that of its primary span, the others of its file, then other files as they come.
    static func blocks(of diagnostic: Diagnostic, in sources: inout SourceIndex) -> [SourceBlock] {
        let own = diagnostic.primary.location.file
        var blocks = clusters(
            [(diagnostic.primary, true)]
                + diagnostic.secondary.filter { SourceIndex.same($0.location.file, own) }.map { ($0, false) },
            in: sources[own])
        if let first = blocks.firstIndex(where: { $0.annotations.contains(where: \.isPrimary) }) {
            blocks.insert(blocks.remove(at: first), at: 0)
        }
        var rest = diagnostic.secondary.filter { !SourceIndex.same($0.location.file, own) }
        while let file = rest.first?.location.file {
            let labels = rest.filter { SourceIndex.same($0.location.file, file) }
            rest.removeAll { SourceIndex.same($0.location.file, file) }
            blocks += clusters(labels.map { ($0, false) }, in: sources[file])
        }
        return blocks
    }

    private static func clusters(
        _ labels: [(label: Diagnostic.Label, isPrimary: Bool)], in index: FileIndex
    ) -> [SourceBlock] {
        var annotations = labels.map { annotation($0.label, $0.isPrimary, in: index) }
        if annotations.count > 1 {
            annotations = annotations.enumerated().sorted {
                let (a, b) = ($0.element, $1.element)
                if a.line != b.line { return a.line < b.line }
                if a.bytes.lowerBound != b.bytes.lowerBound { return a.bytes.lowerBound < b.bytes.lowerBound }
                if a.isPrimary != b.isPrimary { return a.isPrimary }
                return $0.offset < $1.offset
            }.map(\.element)
        }
        var groups: [[Annotation]] = []
        for annotation in annotations {
            if let last = groups.last?.last, annotation.line - last.line <= reach {
                groups[groups.count - 1].append(annotation)
            } else {
                groups.append([annotation])
            }
        }
        return groups.compactMap { group in
            guard let first = group.first(where: \.isPrimary) ?? group.first else { return nil }
            let head = index.position(of: UInt32(clamping: first.bytes.lowerBound))
            return SourceBlock(index: index, head: head, annotations: group)
        }
    }

    private static func annotation(_ label: Diagnostic.Label, _ isPrimary: Bool, in index: FileIndex) -> Annotation {
        let span = label.location.span
        let line = index.lines.lineIndex(of: min(span.start, UInt32(clamping: index.file.bytes.count)))
        let content = index.lines.content(ofLine: line).range
        let lower = min(max(Int(span.start), content.lowerBound), content.upperBound)
        let upper = min(max(Int(span.end), lower), content.upperBound)
        return Annotation(line: line, bytes: lower..<upper, text: visible(label.text), isPrimary: isPrimary)
    }
}
