import SourceText

extension Tree {
    /// Whether a value is what one of another tree is, its keys in the same order; styles that mean nothing, anchors and
    /// comments do not count.
    ///
    /// The time grows with the smaller of the two values: it ends at the first difference.
    package func isWrittenSame(_ one: NodeID, as other: NodeID, of tree: borrowing Tree) -> Bool {
        let (left, right) = (self[one], tree[other])
        guard left.kind == right.kind, left.count == right.count, left.tag == right.tag else { return false }
        switch left.kind {
        case .scalar:
            let isSameText = withBytes(one) { bytes in
                tree.withBytes(other) { others in
                    bytes.count == others.count && ByteSearch.commonPrefix(bytes, others) == bytes.count
                }
            }
            return isSameText && (left.style == right.style || scalarType(one) == tree.scalarType(other))
        case .sequence:
            let (items, others) = (items(one), tree.items(other))
            return zip(items, others).allSatisfy { isWrittenSame($0, as: $1, of: tree) }
        case .mapping:
            let (entries, others) = (entries(one), tree.entries(other))
            for index in entries.indices {
                let ((key, value), (otherKey, otherValue)) = (entries[index], others[index])
                guard isWrittenSame(key, as: otherKey, of: tree), isWrittenSame(value, as: otherValue, of: tree) else {
                    return false
                }
            }
            return true
        }
    }
}
