import Diagnostics
import SourceText
import YAMLSyntax

extension FuzzTarget {
    /// Reads a file; what was read and is written again means the same.
    static let yaml = FuzzTarget("yaml", takesManifests: true) { input throws(BrokenPromise) in
        let source = SourceFile(path: "input.yaml", bytes: input)
        var limits = Limits()
        limits.expandedNodes = 2000
        let (tree, diagnostics) = Tree.read(source, limits: limits)
        try expectHarmless(diagnostics, in: source)
        guard let tree, diagnostics.isEmpty else { return }
        var writer = YAMLWriter()
        writer.write(tree.root, of: tree, indent: 0)
        limits.expandedNodes = 100_000
        let (again, faults) = Tree.read(SourceFile(path: "written.yaml", bytes: writer.bytes), limits: limits)
        let written = String(decoding: writer.bytes, as: UTF8.self)
        try expect(faults.isEmpty, "what is written cannot be read: \(faults.map(\.message)) in:\n\(written)")
        guard let again else { throw BrokenPromise(description: "nothing is read from what is written:\n\(written)") }
        try expectSame(tree, tree.root, again, again.root, written)
    }

    private static func expectSame(
        _ one: Tree, _ left: NodeID, _ other: Tree, _ right: NodeID, _ text: String
    ) throws(BrokenPromise) {
        var open = [(left, right)]
        while let (left, right) = open.popLast() {
            let span = one[left].span
            try expect(span.start <= span.end && Int(span.end) <= one.source.bytes.count, "a span outside the file")
            if one.isNull(left), other.isNull(right) { continue }
            try expect(one[left].kind == other[right].kind, "a node of another kind in:\n\(text)")
            try expect(one.bytes(left).elementsEqual(other.bytes(right)), "another text in:\n\(text)")
            // `!reset` and `!override` are said to the merge, which takes them off before anything is written.
            let isMerge = [.reset, .override, .merge].contains(one[left].tag)
            if one[left].kind == .scalar, !isMerge {
                try expect(one.scalarType(left) == other.scalarType(right), "another type in:\n\(text)")
            }
            let (items, others) = (one.items(left), other.items(right))
            try expect(items.count == others.count, "another number of items in:\n\(text)")
            open += zip(items, others)
            let (entries, second) = (one.entries(left), other.entries(right))
            try expect(entries.count == second.count, "another number of entries in:\n\(text)")
            for (a, b) in zip(entries, second) {
                try expect(one.bytes(a.key).elementsEqual(other.bytes(b.key)), "another key in:\n\(text)")
                open.append((a.value, b.value))
            }
        }
    }
}
