import YAMLSyntax

extension Tag {
    fileprivate var speaksToMerge: Bool { self == .reset || self == .override }
}

extension Tree {
    /// Whether `!reset` or `!override` stands at a node or at most this many levels below it.
    func hasMergeTag(_ id: NodeID, _ depth: Int) -> Bool {
        let node = self[id]
        if node.tag.speaksToMerge { return true }
        guard depth > 0 else { return false }
        switch node.kind {
        case .scalar: return false
        case .sequence: return items(id).contains { hasMergeTag($0, depth - 1) }
        case .mapping: return entries(id).contains { hasMergeTag($0.value, depth - 1) }
        }
    }

    /// The same value without what `!reset` marks and without the tags themselves.
    mutating func withoutMergeTags(_ id: NodeID, _ depth: Int) -> NodeID {
        guard hasMergeTag(id, depth), depth > 0 else { return id }
        let node = self[id]
        switch node.kind {
        case .scalar:
            return addUntagged(id)
        case .sequence:
            var kept: [NodeID] = []
            for item in Array(items(id)) where self[item].tag != .reset {
                kept.append(withoutMergeTags(item, depth - 1))
            }
            return addSequence(kept, style: node.style, at: node.span)
        case .mapping:
            var kept: [(key: NodeID, value: NodeID)] = []
            for entry in Array(entries(id)) where self[entry.value].tag != .reset {
                kept.append((entry.key, withoutMergeTags(entry.value, depth - 1)))
            }
            return addMapping(kept, style: node.style, at: node.span)
        }
    }
}
