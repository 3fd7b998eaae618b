import YAMLSyntax

/// Merges the layers of a service by Compose's own rules.
///
/// Made once for a tree and used for all its services. What only one layer says is shared, never copied; what two
/// layers say becomes new nodes whose places are those of the layer that had the last word.
package struct ServiceMerger: Sendable {
    private let plan: MergePlan
    private let driver: Symbol
    let subnet: Symbol
    private var identities: ItemIdentities
    /// Whether the file may hold a tag at all: without one, no layer is searched for `!reset` and `!override`.
    private let mayHaveTags: Bool

    /// The levels below which values replace each other: aliases can nest deeper than any file is read.
    private static let depth = 256

    /// A merger of services.
    package init(for tree: inout Tree) { self.init(MergeRules.service, for: &tree) }

    /// A merger of what stands beside the services of a project: mappings with `networks`, `volumes` and the like.
    package static func ofSections(for tree: inout Tree) -> ServiceMerger {
        ServiceMerger(MergeRules.sections, for: &tree)
    }

    private init(_ rule: MergeRule, for tree: inout Tree) {
        plan = MergePlan(rule, in: &tree)
        driver = tree.symbols.intern("driver")
        subnet = tree.symbols.intern("subnet")
        identities = ItemIdentities(in: &tree)
        mayHaveTags = tree.hasTags
    }

    /// The service that these bodies make, weakest first; null where all of them are.
    ///
    /// A single body that is not null and holds no `!reset` and no `!override` is returned as it is.
    package mutating func merge(_ layers: [NodeID], in tree: inout Tree) -> NodeID {
        var merged: NodeID?
        var last: NodeID?
        for layer in layers {
            last = layer
            if tree.isNull(layer) { continue }
            if let weaker = merged, tree[layer].tag != .override {
                merged = combined(weaker, layer, plan.root, Self.depth, &tree)
            } else {
                merged = settled(layer, Self.depth, &tree)
            }
        }
        return merged ?? last ?? tree.addMapping([], at: .beginning)
    }

    // MARK: Two values

    /// The value that a weaker, settled one and a stronger one make under a rule.
    mutating func combined(
        _ weak: NodeID, _ strong: NodeID, _ rule: MergePlan.Index, _ depth: Int, _ tree: inout Tree
    ) -> NodeID {
        if rule == MergePlan.replaced || depth == 0 { return settled(strong, depth, &tree) }
        if tree.isNull(strong) { return weak }
        if tree.isNull(weak) { return settled(strong, depth, &tree) }
        let kinds = (tree[weak].kind, tree[strong].kind)
        switch (plan.steps[rule], kinds) {
        case (.keys(_, .some(let short)), (.scalar, .mapping)):
            let long = mapping([(tree.addKey(short, at: tree[weak].span), weak)], like: weak, &tree)
            return combinedMappings(long, strong, rule, depth, &tree)
        case (.keys(_, .some(let short)), (.mapping, .scalar)):
            let long = mapping([(tree.addKey(short, at: tree[strong].span), strong)], like: strong, &tree)
            return combinedMappings(weak, long, rule, depth, &tree)
        case (.logging, (.mapping, .mapping)):
            if let one = tree.value(driver, in: weak), let other = tree.value(driver, in: strong),
                !tree.bytes(one).elementsEqual(tree.bytes(other))
            {
                return settled(strong, depth, &tree)
            }
            return combinedMappings(weak, strong, MergePlan.deep, depth, &tree)
        case (.items(.none), (.scalar, .scalar)):
            // Both lend all GPUs, which no list says.
            return settled(strong, depth, &tree)
        case (.items(let identity), (.scalar, .scalar)), (.items(let identity), (.scalar, .sequence)),
            (.items(let identity), (.sequence, .scalar)), (.items(let identity), (.sequence, .sequence)):
            return combinedItems(weak, strong, identity, depth, &tree)
        case (.keyValues, (.mapping, .mapping)):
            return combinedMappings(weak, strong, MergePlan.replaced, depth, &tree)
        case (.keyValues, (.sequence, .sequence)):
            return combinedItems(weak, strong, .beforeEquals, depth, &tree)
        case (.keyValues, (.sequence, .mapping)), (.keyValues, (.mapping, .sequence)):
            return combinedForms(weak, strong, depth, &tree)
        case (.hosts, (.mapping, .mapping)):
            return combinedHosts(weak, strong, depth, &tree)
        case (.hosts, (.sequence, _)), (.hosts, (_, .sequence)):
            return combinedItems(
                tree.asAssignments(weak), tree.asAssignments(settled(strong, depth, &tree)), .text, depth, &tree)
        case (.pools, (.sequence, .sequence)):
            return combinedPools(weak, strong, depth, &tree)
        case (.names, (.sequence, .sequence)):
            return combinedItems(weak, strong, .text, depth, &tree)
        case (.names(let listed, _), (.sequence, .mapping)):
            return combinedMappings(named(weak, listed, over: nil, &tree), strong, rule, depth, &tree)
        case (.names(let listed, _), (.mapping, .sequence)):
            let long = named(settled(strong, depth, &tree), listed, over: weak, &tree)
            return combinedMappings(weak, long, rule, depth, &tree)
        case (_, (.mapping, .mapping)):
            return combinedMappings(weak, strong, rule, depth, &tree)
        case (_, (.sequence, .sequence)):
            return combinedItems(weak, strong, .none, depth, &tree)
        default:
            return settled(strong, depth, &tree)
        }
    }

    private mutating func combinedMappings(
        _ weak: NodeID, _ strong: NodeID, _ rule: MergePlan.Index, _ depth: Int, _ tree: inout Tree
    ) -> NodeID {
        let added = tree.entries(strong).count
        var entries: [(key: NodeID, value: NodeID)] = []
        entries.reserveCapacity(tree.entries(weak).count + added)
        var positions = ItemPositions(reserving: tree.entries(weak).count + added)
        for entry in tree.entries(weak) {
            _ = positions.position(of: tree[entry.key].symbol)
            entries.append(entry)
        }
        var removed: [Int] = []
        // No slice of the tree may live while nodes are added: the whole arena would be copied.
        for index in 0..<added {
            let entry = tree.entries(strong)[index]
            let key = tree[entry.key].symbol
            let tag = mayHaveTags ? tree[entry.value].tag : .none
            guard let position = positions.position(of: key) else {
                if tag == .reset { removed.append(entries.count) }
                entries.append((entry.key, settled(entry.value, depth - 1, &tree)))
                continue
            }
            if tag == .reset {
                removed.append(position)
                continue
            }
            let weaker = entries[position]
            let inner = rule == MergePlan.replaced ? rule : plan.rule(of: key, below: rule)
            let value =
                tag == .override
                ? settled(entry.value, depth - 1, &tree)
                : combined(weaker.value, entry.value, inner, depth - 1, &tree)
            entries[position] = (value == weaker.value ? weaker.key : entry.key, value)
        }
        for position in removed.sorted(by: >) { entries.remove(at: position) }
        return mapping(entries, like: strong, &tree)
    }

    private mutating func combinedItems(
        _ weak: NodeID, _ strong: NodeID, _ identity: ItemIdentity, _ depth: Int, _ tree: inout Tree
    ) -> NodeID {
        let stronger = settled(strong, depth, &tree)
        let items = identities.unique(
            tree[weak].kind == .scalar ? [weak] : Array(tree.items(weak)),
            tree[stronger].kind == .scalar ? [stronger] : Array(tree.items(stronger)), identity, &tree)
        if items.count == 1, items[0] == stronger { return stronger }
        let style = tree[tree[strong].kind == .sequence ? strong : weak].style
        return tree.addSequence(
            items, style: tree[weak].kind == .scalar && tree[strong].kind == .scalar ? .flow : style,
            at: tree[strong].span)
    }

    // MARK: Two forms

    /// Values for keys where one layer writes a list of `KEY=value` and the other a mapping.
    private mutating func combinedForms(_ weak: NodeID, _ strong: NodeID, _ depth: Int, _ tree: inout Tree) -> NodeID {
        let list = tree[weak].kind == .sequence ? weak : strong
        // Compose interpolates a whole item, but no key of a mapping.
        if tree.items(list).contains(where: { tree.hasInterpolatedKey($0) }) {
            return combinedItems(
                tree.asAssignments(weak), tree.asAssignments(settled(strong, depth, &tree)), .beforeEquals, depth, &tree
            )
        }
        let (weaker, stronger) =
            list == weak
            ? (tree.asMapping(weak), strong) : (weak, tree.asMapping(settled(strong, depth, &tree)))
        return combinedMappings(weaker, stronger, MergePlan.replaced, depth, &tree)
    }

    /// Hosts of two mappings: where both name a host, all of its addresses.
    private mutating func combinedHosts(_ weak: NodeID, _ strong: NodeID, _ depth: Int, _ tree: inout Tree) -> NodeID {
        var entries: [(key: NodeID, value: NodeID)] = []
        for entry in Array(tree.entries(strong)) {
            var value = entry.value
            if tree[value].tag == .none, let weaker = tree.value(tree[entry.key].symbol, in: weak),
                !tree.isNull(value), !tree.isNull(weaker)
            {
                value = combinedItems(weaker, value, .text, depth, &tree)
            }
            entries.append((entry.key, value))
        }
        return combinedMappings(weak, mapping(entries, like: strong, &tree), MergePlan.replaced, depth, &tree)
    }

    /// A list of names as the mapping that it stands for; `over` is the weaker mapping that it will meet.
    private func named(_ list: NodeID, _ listed: ListedName, over weak: NodeID?, _ tree: inout Tree) -> NodeID {
        var entries: [(key: NodeID, value: NodeID)] = []
        var positions = ItemPositions()
        for item in Array(tree.items(list)) {
            let span = tree[item].span
            let key = tree.addKey(tree.text(item), at: span)
            if positions.position(of: tree[key].symbol) != nil { continue }
            var values = listed.stated
            if let weak, let weaker = tree.value(tree[key].symbol, in: weak) {
                values += listed.implied.filter { tree.value($0.key, in: weaker) != nil }
            }
            let value =
                values.isEmpty
                ? tree.addScalar([], at: span)
                : tree.addMapping(
                    values.map { (tree.addKey($0.key, at: span), tree.addScalar($0.value.utf8, at: span)) }, at: span)
            entries.append((key, value))
        }
        return mapping(entries, like: list, &tree)
    }

    private func mapping(_ entries: [(key: NodeID, value: NodeID)], like node: NodeID, _ tree: inout Tree) -> NodeID {
        tree.addMapping(entries, style: tree[node].kind == .mapping ? tree[node].style : .block, at: tree[node].span)
    }

    // MARK: Tags

    /// A value without the tags that speak to the merge: what `!reset` marks is gone, what `!override` marks stays.
    func settled(_ id: NodeID, _ depth: Int, _ tree: inout Tree) -> NodeID {
        mayHaveTags && tree.hasMergeTag(id, depth) ? tree.withoutMergeTags(id, depth) : id
    }
}
