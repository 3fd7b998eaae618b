import Dockerfiles
import SourceText
import StrategyManifest
import YAMLSyntax

/// A Dockerfile with its places: in a file of its own, or in the manifest.
package final class DockerfileText: Sendable {
    package let stages: Stages
    /// The scalar of the manifest that holds it.
    package let inline: NodeID?

    package var file: Dockerfile { stages.file }

    package init(_ source: SourceFile) {
        stages = Stages(Dockerfile(source))
        inline = nil
    }

    package init(inline node: NodeID, of tree: borrowing Tree) {
        // Compose makes `$$` one `$`, wherever it stands.
        let text = tree.text(node).split(separator: "$$", omittingEmptySubsequences: false).joined(separator: "$")
        stages = Stages(Dockerfile(SourceFile(path: tree.source.path, bytes: Array(text.utf8))))
        inline = node
    }

    /// Where some bytes of it stand.
    package func location(_ span: Span, _ tree: Tree) -> Location {
        guard let inline else { return Location(file.source, span) }
        return Location(tree.source, place(of: span, in: inline, of: tree))
    }

    /// The place of a part of a scalar: exactly, or its line in a literal block, or the whole.
    private func place(of span: Span, in id: NodeID, of tree: Tree) -> Span {
        let whole = tree[id].span
        let text = file.source.bytes
        if tree.bytes(id).elementsEqual(text) {
            let exact = tree.span(of: span.range, in: id)
            if exact != whole { return exact }
        }
        guard tree[id].style == .literal else { return whole }
        let lower = min(Int(span.start), text.count)
        var lineStart = lower
        while lineStart > 0, text[lineStart - 1] != 0x0A { lineStart -= 1 }
        var lineEnd = lower
        while lineEnd < text.count, text[lineEnd] != 0x0A { lineEnd += 1 }
        let number = text[..<lineStart].count { $0 == 0x0A }
        // The text's first line is the one below the `|`.
        let bytes = tree.source.bytes
        var start = Int(whole.start)
        for _ in 0...number {
            guard let end = bytes[min(start, bytes.count)...].firstIndex(of: 0x0A) else { return whole }
            start = end + 1
        }
        var end = start
        while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
        let line = text[lineStart..<lineEnd]
        guard !line.isEmpty, end - start >= line.count, bytes[(end - line.count)..<end].elementsEqual(line) else {
            return whole
        }
        let shift = end - line.count - lineStart
        let upper = min(max(Int(span.end), lower), lineEnd)
        return Span(UInt32(lower + shift), UInt32(upper + shift))
    }
}
