import Diagnostics

/// Keys of a mapping that is complete: duplicates are reported, merge keys resolved.
extension TreeBuilder {
    /// Reports the duplicate keys of a mapping whose keys and values are the last of `pending`, and resolves its merge
    /// keys; what remains are its entries.
    ///
    /// In place: a slice or a copy of `pending` here would cost each mapping the length of its ancestors.
    ///
    /// - Returns: false when a merge key brings what could not be read, so that keys may be missing.
    mutating func checkEntries(from first: Int) -> Bool {
        mappingCount += 1
        internKeys(from: first)
        if lastSeen.count < tree.symbols.count {
            let more = tree.symbols.capacity - lastSeen.count
            lastSeen.append(contentsOf: repeatElement((mapping: 0, key: NodeID(index: 0)), count: more))
        }
        var kept = first
        var hasMergeKey = false
        for index in stride(from: first, to: pending.count, by: 2) {
            let (key, value) = (pending[index], pending[index + 1])
            let node = tree[key]
            guard node.kind == .scalar else {
                report(
                    .wrongType, "a key must be a scalar", node.span, "this key is a \(node.kind)",
                    help: ["write a plain name before the colon"])
                continue
            }
            if isMergeKey(key) { hasMergeKey = true }
            let seen = lastSeen[Int(node.symbol.index)]
            if seen.mapping == mappingCount {
                // Reading stops behind a mapping with more.
                if diagnostics.count >= DiagnosticList.capacity { continue }
                diagnostics.append(
                    Diagnostic(
                        .duplicateKey, "the key `\(tree.text(key))` stands twice in one mapping",
                        at: .init(tree.location(key), "again here"),
                        also: [.init(tree.location(seen.key), "first here")],
                        why: "readers of YAML disagree on which of the two counts",
                        help: [
                            isMergeKey(key)
                                ? "merge both in one key: `<<: [*first, *second]`" : "keep one of the two"
                        ]))
                continue
            }
            lastSeen[Int(node.symbol.index)] = (mappingCount, key)
            pending[kept] = key
            pending[kept + 1] = value
            kept += 2
        }
        pending.removeLast(pending.count - kept)
        guard hasMergeKey else { return true }
        let (merged, isComplete) = mergedEntries(Array(pending[first...]))
        pending.replaceSubrange(first..., with: merged)
        return isComplete
    }

    /// Gives the keys of a mapping their symbols.
    private mutating func internKeys(from first: Int) {
        // The keys of one mapping differ, so that the table will hold as many: growing step by step would cost more.
        tree.symbols.reserveCapacity((pending.count - first) / 2)
        for index in stride(from: first, to: pending.count, by: 2) { tree.internKey(pending[index]) }
    }

    private func isMergeKey(_ key: NodeID) -> Bool {
        let node = tree[key]
        guard node.count == 2, node.style == .plain, node.tag == .none || node.tag == .merge else { return false }
        return tree.withBytes(key) { $0[0] == UInt8(ascii: "<") && $0[1] == UInt8(ascii: "<") }
    }

    /// Replaces `<<` by the entries that it brings: a key of the mapping itself wins, then the first of a list
    /// (YAML 1.1 merge type). The brought entries stand where `<<` stood.
    private mutating func mergedEntries(_ entries: [NodeID]) -> (entries: [NodeID], isComplete: Bool) {
        var result: [NodeID] = []
        var isComplete = true
        for position in stride(from: 0, to: entries.count, by: 2) {
            let (key, value) = (entries[position], entries[position + 1])
            guard isMergeKey(key) else {
                result += [key, value]
                continue
            }
            let sources = tree[value].kind == .sequence ? Array(tree.items(value)) : [value]
            for source in sources {
                if tree[source].tag == .unreadable { isComplete = false }
                guard tree[source].kind == .mapping else {
                    // An alias without anchor has been told.
                    if tree[source].tag == .unreadable { continue }
                    isComplete = false
                    report(
                        .wrongType, "a merge key needs a mapping", tree[source].span,
                        "this is \(tree[source].kind == .scalar ? "a scalar" : "a sequence")",
                        help: ["write `<<: *name` where `&name` stands before a mapping"])
                    continue
                }
                for entry in tree.entries(source) {
                    let symbol = tree[entry.key].symbol
                    guard lastSeen[Int(symbol.index)].mapping != mappingCount else { continue }
                    lastSeen[Int(symbol.index)] = (mappingCount, entry.key)
                    result += [entry.key, entry.value]
                    // The anchored entries are reached from here too; their own size is counted with the alias.
                }
            }
        }
        return (result, isComplete)
    }
}
