extension Tree {
    /// Calls for each scalar among some nodes and below them that is a value or an item, and for no key.
    ///
    /// The order is not that of the text. What aliases share is met once for each place.
    package func eachScalar(below nodes: some Sequence<NodeID>, _ body: (NodeID) -> Void) {
        var open = Array(nodes)
        while let node = open.popLast() {
            switch self[node].kind {
            case .sequence: open += items(node)
            case .mapping: open += entries(node).map(\.value)
            case .scalar: body(node)
            }
        }
    }
}
