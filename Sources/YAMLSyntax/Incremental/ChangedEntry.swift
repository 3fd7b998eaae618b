import SourceText

/// The entry in which a change lies, from the line of its key to the line of the next key: `office` with all below it, for
/// a change in a service of the project `office`.
struct ChangedEntry {
    let mapping: NodeID
    let key: NodeID
    /// Where the key stands among the tree's edges.
    let edge: Int
    /// Its bytes in the old text.
    let range: Range<Int>
    /// The spaces before its key.
    let indentation: Int

    /// Nil for a change elsewhere, and where the entry's key does not stand first in a line of its own.
    init?(around change: TextChange, in tree: Tree) {
        let bytes = tree.source.bytes
        guard tree[tree.root].kind == .mapping, tree[tree.root].style == .block else { return nil }
        func line(of key: NodeID) -> (start: Int, indentation: Int)? {
            let end = Int(tree[key].span.start)
            var start = end
            while start > 0, bytes[start - 1] == UInt8(ascii: " ") { start -= 1 }
            guard start == 0 || bytes[start - 1] == UInt8(ascii: "\n") else { return nil }
            return (start, end - start)
        }
        /// The last key before the change and the first one behind, by their lines.
        func around(_ mapping: NodeID, upTo end: Int) -> (index: Int, range: Range<Int>, indentation: Int)? {
            var found: (index: Int, start: Int, indentation: Int)?
            for (index, entry) in tree.entries(mapping).enumerated() {
                guard let (start, indentation) = line(of: entry.key), start > found?.start ?? -1, start <= end else {
                    return nil
                }
                if let found, start >= change.old.upperBound {
                    return (found.index, found.start..<start, found.indentation)
                }
                if start > change.old.lowerBound { return nil }
                found = (index, start, indentation)
            }
            return found.map { ($0.index, $0.start..<end, $0.indentation) }
        }
        guard let outer = around(tree.root, upTo: bytes.count), outer.indentation == 0 else { return nil }
        let top = tree.entries(tree.root)[outer.index]
        mapping = top.value
        guard tree[mapping].kind == .mapping, tree[mapping].style == .block,
            let inner = around(mapping, upTo: outer.range.upperBound), inner.indentation > 0,
            let first = tree.entries(mapping).first
        else { return nil }
        // What is anchored as a whole grows with its part, and with it every alias.
        let heads = [
            0..<Int(tree[tree.root].span.start), Int(tree[top.key].span.end)..<Int(tree[first.key].span.start),
        ]
        guard tree.references.allSatisfy({ place in !heads.contains { $0.contains(Int(place)) } }) else { return nil }
        key = tree.entries(mapping)[inner.index].key
        edge = Int(tree[mapping].start) + 2 * inner.index
        range = inner.range
        indentation = inner.indentation
    }
}
