import SourceText
import TestSupport
import YAMLSyntax

extension FuzzTarget {
    /// Edits a text again and again; what is read of it in part is what is read of the whole. What stands behind the
    /// first NUL are the edits: two bytes for the place, one for what goes, one for how much comes, and that.
    static let reparsing = FuzzTarget("reparsing", takesManifests: true) { input throws(BrokenPromise) in
        let halves = halves(input)
        var text = halves.0
        var edits = halves.1.prefix(600)
        var limits = Limits()
        limits.expandedNodes = 2000
        var (known, faults) = Tree.read(SourceFile(path: "input.yaml", bytes: text), limits: limits)
        while let high = edits.popFirst(), let low = edits.popFirst(), let gone = edits.popFirst(),
            let more = edits.popFirst()
        {
            let start = (Int(high) * 256 + Int(low)) % (text.count + 1)
            let piece = edits.prefix(Int(more % 16))
            edits = edits.dropFirst(piece.count)
            text.replaceSubrange(start..<min(text.count, start + Int(gone % 16)), with: piece)
            let source = SourceFile(path: "input.yaml", bytes: text)
            let (whole, found) = Tree.read(source, limits: limits)
            if var tree = known, faults.isEmpty, tree.reparse(source, limits: limits) {
                try expect(found.isEmpty, "a fault was not seen: \(found.map(\.message))")
                guard let whole else { throw BrokenPromise(description: "nothing is read of the whole") }
                try expect(
                    tree.outline == whole.outline, "another tree of:\n\(String(decoding: text, as: UTF8.self))")
                (known, faults) = (tree, [])
            } else {
                (known, faults) = (whole, found)
            }
        }
    }
}
