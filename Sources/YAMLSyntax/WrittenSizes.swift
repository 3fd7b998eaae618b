/// How many bytes each value of a tree comes to with its aliases and merge keys written out.
///
/// A double, since a limit may be raised until the sum of many is beyond an integer.
package struct WrittenSizes {
    private let tree: Tree
    /// By node, what is known; negative where nothing is yet. Empty where no value stands in several places.
    private var known: [Double]

    package init(of tree: Tree) {
        self.tree = tree
        known = tree.references.isEmpty ? [] : Array(repeating: -1, count: tree.nodeCount)
    }

    /// The bytes of one value; at most as deep a recursion as the tree has levels.
    package mutating func size(of id: NodeID) -> Double {
        let node = tree[id]
        // Without an alias a value is what stands between its ends.
        if known.isEmpty { return Double(node.span.count) }
        if node.kind == .scalar { return Double(node.count) }
        let place = Int(id.index)
        if known[place] < 0 {
            var sum = 0.0
            // A separator and a line's end with each.
            for item in tree.items(id) { sum += size(of: item) + 2 }
            for (key, value) in tree.entries(id) { sum += size(of: key) + size(of: value) + 2 }
            known[place] = sum
        }
        return known[place]
    }
}
