import YAMLSyntax

/// Whether two values are the same to Compose, whatever their style.
extension Tree {
    /// Compares values: scalars by type and text, mappings without regard to order.
    ///
    /// Aliases can make a small file a large value, so that the comparison gives up, and says no, after a bound.
    func isSame(_ one: NodeID, _ other: NodeID) -> Bool {
        var budget = 10_000
        return isSame(one, other, &budget)
    }

    private func isSame(_ one: NodeID, _ other: NodeID, _ budget: inout Int) -> Bool {
        if one == other { return true }
        budget -= 1
        guard budget > 0, self[one].kind == self[other].kind, self[one].count == self[other].count,
            self[one].tag == self[other].tag
        else { return false }
        switch self[one].kind {
        case .scalar:
            return scalarType(one) == scalarType(other) && bytes(one).elementsEqual(bytes(other))
        case .sequence:
            for (left, right) in zip(items(one), items(other)) where !isSame(left, right, &budget) { return false }
            return true
        case .mapping:
            for (key, left) in entries(one) {
                guard let right = value(self[key].symbol, in: other), isSame(left, right, &budget) else { return false }
            }
            return true
        }
    }
}
