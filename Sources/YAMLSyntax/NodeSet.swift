/// A set of nodes of one tree, a bit for each: what a walk has seen.
package struct NodeSet: Sendable {
    private var words: [UInt64]

    /// An empty set for the nodes that a tree has now.
    package init(for tree: Tree) { words = Array(repeating: 0, count: tree.nodeCount / 64 + 1) }

    /// Adds a node of the tree.
    ///
    /// - Returns: whether it was not there before.
    package mutating func insert(_ node: NodeID) -> Bool {
        let (word, bit) = (Int(node.index / 64), UInt64(1) << UInt64(node.index % 64))
        defer { words[word] |= bit }
        return words[word] & bit == 0
    }
}
