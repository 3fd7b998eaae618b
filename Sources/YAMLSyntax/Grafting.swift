import SourceText

/// Bringing the documents of several files into one tree, so that values of different files can be merged.
extension Tree {
    /// An empty tree over the texts of several files, one behind the other.
    package init(overParts source: SourceFile) { self.init(source: source) }

    /// Adds every node of another tree, whose text is the part of this tree's text that begins at `offset`.
    ///
    /// Both texts together must stay below 4 GiB, as every source does.
    ///
    /// - Returns: the other tree's root, as a node of this one.
    package mutating func graft(_ other: Tree, at offset: UInt32) -> NodeID {
        hasTags = hasTags || other.hasTags
        let firstNode = UInt32(nodes.count)
        let firstEdge = UInt32(edges.count)
        let firstByte = UInt32(decoded.count)
        edges.append(contentsOf: other.edges.lazy.map { NodeID(index: $0.index + firstNode) })
        let symbolOf = symbols.internAll(of: other.symbols)
        // Room for exactly each of thousands of small trees would copy all nodes that often.
        if other.nodes.count > nodes.count / 2 { nodes.reserveCapacity(nodes.count + other.nodes.count) }
        for node in other.nodes {
            let start =
                switch node.kind {
                case .scalar: node.isDecoded ? node.start + firstByte : node.start + offset
                case .sequence, .mapping: node.start + firstEdge
                }
            let isMapping = node.kind == .mapping
            let keys = isMapping ? keys(among: Int(start)..<Int(start + node.count * 2)) : .unknown
            nodes.append(
                Node(
                    kind: node.kind, style: node.style, tag: node.tag, isDecoded: node.isDecoded,
                    span: Span(node.span.start + offset, node.span.end + offset), start: start, count: node.count,
                    symbol: node.symbol == .none ? .none : symbolOf[Int(node.symbol.index)], keys: keys))
        }
        decoded.append(contentsOf: other.decoded)
        return NodeID(index: other.root.index + firstNode)
    }

    /// A copy of a node with a tag, sharing its children or text.
    package mutating func addTagged(_ id: NodeID, _ tag: Tag) -> NodeID {
        var node = self[id]
        node.tag = tag
        hasTags = true
        return add(node)
    }
}
