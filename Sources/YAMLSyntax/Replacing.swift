/// Copies of collections in which something is another.
extension Tree {
    /// A mapping in which a key has other items.
    package mutating func setting(_ key: Symbol, to items: [NodeID], in mapping: NodeID) -> NodeID {
        guard let list = value(key, in: mapping) else { return mapping }
        let other = addSequence(items, style: self[list].style, at: self[list].span)
        return replacing(key, by: other, in: mapping)
    }

    /// A mapping in which a key that it has has another value.
    package mutating func replacing(_ key: Symbol, by value: NodeID, in mapping: NodeID) -> NodeID {
        let entries = entries(mapping).map { ($0.key, self[$0.key].symbol == key ? value : $0.value) }
        return addMapping(entries, style: self[mapping].style, at: self[mapping].span)
    }

    /// A mapping, or an empty value in its place, in which a key has another value: at its end, if it is new.
    package mutating func setting(_ key: Symbol, _ text: String, to value: NodeID, in mapping: NodeID) -> NodeID {
        if self.value(key, in: mapping) != nil { return replacing(key, by: value, in: mapping) }
        var entries = entries(mapping).map { ($0.key, $0.value) }
        entries.append((addKey(text, at: self[mapping].span), value))
        return addMapping(entries, at: self[mapping].span)
    }
}
