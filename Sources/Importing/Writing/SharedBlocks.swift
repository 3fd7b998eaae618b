import SourceText
import YAMLSyntax

/// Blocks that stand under an anchor in their files and that a manifest would say more than twice, or twice if they are
/// long: each is said once, under an `x-` key, and used by its alias.
struct SharedBlocks {
    struct Block {
        let name: String
        /// What a mapping holds that others merge in; nil for a value that is used whole.
        let entries: [Entry]?
        let value: NodeID
    }

    /// Entries that may use blocks: those of a service, or of a mapping in one.
    enum Place: Hashable {
        case service(project: Int, position: Int)
        case mapping(NodeID)
    }

    /// In an order in which each stands above its uses.
    private(set) var blocks: [Block] = []
    /// By place the blocks that are merged into it, and the keys that come with them.
    private var merges: [Place: (blocks: [Int], keys: Set<NodeID>)] = [:]
    /// By the identity of a collection the block that says it.
    private var whole: [Identity: Int] = [:]
    private var names: Set<String> = []

    /// Two nodes with the same children are one value, reached by an alias.
    private struct Identity: Hashable {
        let first: NodeID
        let count: UInt32
    }

    /// Blocks of one file that are looked at; each costs a walk over all services.
    private static let bound = 200

    /// - Parameter candidates: what stands under an anchor, and what else is one block, each with its name.
    init(_ draft: ManifestDraft, _ tree: Tree, _ candidates: [(name: String, node: NodeID)]) {
        let anchored = candidates.filter { tree[$0.node].kind != .scalar && tree[$0.node].count > 0 }
            .prefix(Self.bound)
        if anchored.isEmpty { return }
        var services: [(place: Place, entries: [Entry])] = []
        for (project, drafted) in draft.projects.enumerated() {
            for (position, service) in drafted.services.enumerated() {
                services.append((.service(project: project, position: position), service.entries))
            }
        }
        let bySize = anchored.map { ($0.name, $0.node, Self.lines(of: $0.node, tree)) }.sorted { $0.2 > $1.2 }
        for (name, node, _) in bySize where tree[node].kind == .mapping { merge(node, name, services, tree) }
        // What is left of the services, and what the blocks themselves say.
        var left: [(place: Place, entries: [Entry])] = []
        for (place, entries) in services { left.append((place, entries.filter { !isTaken($0.key, in: place) })) }
        let inner = blocks.compactMap(\.entries) + left.map(\.entries)
        let outer = blocks
        blocks = []
        for (name, node, _) in bySize { use(node, name, inner, tree) }
        let mappings = inner.joined().filter { identity($0.value, tree).map { whole[$0] == nil } ?? false }
            .filter { tree[$0.value].kind == .mapping && tree[$0.value].style != .flow }
            .map { (place: Place.mapping($0.value), entries: Array(tree.entries($0.value))) }
        for (name, node, _) in bySize where tree[node].kind == .mapping { merge(node, name, mappings, tree) }
        // The inner ones stand above those that use them.
        let count = blocks.count
        merges = Dictionary(
            uniqueKeysWithValues: merges.map { place, used in
                guard case .service = place else { return (place, used) }
                return (place, (used.blocks.map { $0 + count }, used.keys))
            })
        blocks += outer
    }

    /// The entries that a place says itself, and the names of the blocks that it merges in.
    func parts(of entries: [Entry], at place: Place) -> (merged: [String], own: [Entry]) {
        guard let (used, keys) = merges[place] else { return ([], entries) }
        return (used.map { blocks[$0].name }, entries.filter { !keys.contains($0.key) })
    }

    func isMerged(_ mapping: NodeID) -> Bool { merges[.mapping(mapping)] != nil }

    /// The name of the block that says a value, and nothing else.
    func name(of value: NodeID, in tree: Tree) -> String? {
        if let block = identity(value, tree).flatMap({ whole[$0] }) { return blocks[block].name }
        guard let (used, keys) = merges[.mapping(value)], used.count == 1, keys.count == Int(tree[value].count),
            blocks[used[0]].entries?.count == keys.count
        else { return nil }
        return blocks[used[0]].name
    }

    // MARK: Finding

    private func isTaken(_ key: NodeID, in place: Place) -> Bool { merges[place]?.keys.contains(key) ?? false }

    /// Makes a block of what most places have of a mapping, if that is shorter.
    private mutating func merge(
        _ node: NodeID, _ name: String, _ places: [(place: Place, entries: [Entry])], _ tree: Tree
    ) {
        let values = Dictionary(tree.entries(node).map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
        var found: [(place: Place, keys: Set<NodeID>, all: Set<Symbol>)] = []
        for (place, entries) in places {
            let keys = entries.filter { values[$0.key] == $0.value && !isTaken($0.key, in: place) }.map(\.key)
            if !keys.isEmpty { found.append((place, Set(keys), Set(entries.map { tree[$0.key].symbol }))) }
        }
        // A key that a place states itself counts before one that is merged in.
        func uses(_ keys: Set<NodeID>) -> [(place: Place, keys: Set<NodeID>)] {
            found.compactMap { place, own, all in
                guard !own.isDisjoint(with: keys), keys.allSatisfy({ all.contains(tree[$0].symbol) }) else {
                    return nil
                }
                return (place, own.intersection(keys))
            }
        }
        guard found.count > 1 else { return }
        var best: (keys: Set<NodeID>, gain: Int) = ([], 0)
        // In the order of the places, so that nothing depends on how sets are walked.
        var tried: [Set<NodeID>] = []
        for (_, keys, _) in found where tried.count < 16 && !tried.contains(keys) {
            tried.append(keys)
            func lines(_ keys: Set<NodeID>) -> Int {
                keys.reduce(0) { $0 + 1 + Self.lines(of: values[$1] ?? node, tree) }
            }
            let (size, places) = (lines(keys), uses(keys))
            let saved = places.reduce(0) { $0 + lines($1.keys) }
            guard Self.isWorthSaying(size, places.count, saved: saved) else { continue }
            let gain = places.count * (size - 1) - size
            if best.keys.isEmpty || gain > best.gain { best = (keys, gain) }
        }
        guard !best.keys.isEmpty else { return }
        let index = blocks.count
        blocks.append(
            Block(name: free(name), entries: tree.entries(node).filter { best.keys.contains($0.key) }, value: node))
        for (place, keys) in uses(best.keys) {
            merges[place, default: ([], [])].blocks.append(index)
            merges[place]?.keys.formUnion(keys)
        }
    }

    /// Makes a block of a value that is used whole, if that is shorter.
    private mutating func use(_ node: NodeID, _ name: String, _ lists: [[Entry]], _ tree: Tree) {
        guard let identity = identity(node, tree), whole[identity] == nil else { return }
        let uses = lists.joined().count { self.identity($0.value, tree) == identity && tree[$0.value].tag == .none }
        let size = Self.lines(of: node, tree)
        guard Self.isWorthSaying(size, uses, saved: uses * size) else { return }
        whole[identity] = blocks.count
        blocks.append(Block(name: free(name), entries: nil, value: node))
    }

    private func identity(_ node: NodeID, _ tree: Tree) -> Identity? {
        switch tree[node].kind {
        case .scalar: nil
        case .sequence: tree.items(node).first.map { Identity(first: $0, count: tree[node].count) }
        case .mapping: tree.entries(node).first.map { Identity(first: $0.key, count: tree[node].count) }
        }
    }

    private mutating func free(_ name: String) -> String {
        let stem = ImageName.generic(name.hasPrefix("x-") ? String(name.dropFirst(2)) : name)
        var result = stem
        var number = 2
        while !names.insert(result).inserted {
            result = "\(stem)-\(number)"
            number += 1
        }
        return result
    }

    /// Whether a block of so many lines, which takes that many away where it is used, is said once.
    ///
    /// One of two uses is, if it is long: its key, the blank line over it and both aliases take five lines, too.
    private static func isWorthSaying(_ lines: Int, _ uses: Int, saved: Int) -> Bool {
        uses > 2 ? lines > 1 : uses > 1 && lines >= 8 && saved > lines + 4
    }

    /// The lines below its key that a value takes.
    private static func lines(of node: NodeID, _ tree: Tree) -> Int {
        var pending = [node]
        var count = 0
        while let next = pending.popLast(), count < 10_000 {
            if tree[next].style == .flow || tree[next].kind == .scalar { continue }
            count += Int(tree[next].count)
            pending += tree.items(next)
            pending += tree.entries(next).map(\.value)
        }
        return count
    }
}

extension ComposeFiles {
    /// By its value each key of an `x-` section, the section's own included.
    func extensionKeys(in tree: Tree) -> [NodeID: NodeID] {
        var found: [NodeID: NodeID] = [:]
        var pending = roots.sorted { $0.key < $1.key }.flatMap(\.value).flatMap { tree.entries($0) }
            .filter { tree.text($0.key).hasPrefix("x-") }
        var budget = 1_000_000
        while let (key, value) = pending.popLast(), budget > 0 {
            budget -= 1
            if found.updateValue(key, forKey: value) == nil { pending += tree.entries(value) }
        }
        return found
    }

    /// The values that stand under an anchor, with its name.
    func anchors(in tree: Tree) -> [(name: String, node: NodeID)] {
        var byStart: [UInt32: NodeID] = [:]
        var pending = roots.sorted { $0.key < $1.key }.flatMap(\.value)
        var budget = 1_000_000
        while let node = pending.popLast(), budget > 0 {
            budget -= 1
            // The outermost of those that begin at one place is met first.
            guard byStart[tree[node].span.start] == nil else { continue }
            byStart[tree[node].span.start] = node
            pending += tree.items(node)
            pending += tree.entries(node).map(\.value)
        }
        let starts = byStart.keys.sorted()
        var found: [(name: String, node: NodeID)] = []
        for part in parts {
            for (name, offset) in Comments.anchors(part.file.source, part.file.trees) {
                var (low, high) = (0, starts.count)
                while low < high {
                    let middle = (low + high) / 2
                    if starts[middle] < part.start + offset { low = middle + 1 } else { high = middle }
                }
                if low < starts.count, let node = byStart[starts[low]] { found.append((name, node)) }
            }
        }
        return found
    }
}
