import SourceText
import YAMLSyntax

/// The `x-` keys of a file's top level.
extension ProjectReading {
    /// An `x-` key is carried over unless all it does is to hold anchors, whose uses are resolved.
    mutating func readExtension(_ key: NodeID, _ value: NodeID, into document: inout ComposeDocument) {
        if isAnchoredThroughout(value) {
            findings.notCarried(
                "`\(tree.text(key))`", at: tree[key].span, "it holds an anchor, and what uses the anchor is resolved",
                severity: .info)
        } else {
            document.extensions.append((key, value))
        }
    }

    /// Whether all of a value stands under anchors: its own, or those of what is in it.
    private mutating func isAnchoredThroughout(_ value: NodeID) -> Bool {
        let known = anchored ?? Set(files.anchors(in: tree).map(\.node))
        anchored = known
        var pending = [value]
        while let node = pending.popLast() {
            if known.contains(node) { continue }
            if tree[node].kind == .scalar || tree[node].count == 0 { return false }
            pending += tree.items(node)
            pending += tree.entries(node).map(\.value)
        }
        return true
    }
}
