import YAMLSyntax

/// The address pools of a network (`ipam.config`), as compose-go lays two lists of them over each other
/// (`override/merge.go`, `mergeIPAMConfig`; the same of Docker Compose 2.26.1).
///
/// Each weaker pool meets all stronger ones in turn. A stronger one of another subnet, which is not in the result yet,
/// joins it. Any other one is laid over the weaker pool, which has its subnet from then on, and stands in the result where
/// the first pool of that subnet stood: `{subnet: a, gateway: b}` under `{subnet: a, ip_range: c}` is one pool of all
/// three, and under `{subnet: d}` it is gone.
private struct AddressPools {
    private enum Place {
        case stronger(NodeID)
        /// A weaker pool, by its number, as it is at the end.
        case weaker(Int)
    }

    /// Lists are laid over each other pool by pool up to this length; of longer ones, which nobody writes, only the weaker
    /// layer's last pool counts, so that what is done grows as the lists do.
    static let few = 8

    private var weaker: [NodeID] = []
    private var places: [Place] = []

    mutating func add(
        _ pool: NodeID, under stronger: [NodeID], _ merger: inout ServiceMerger, _ depth: Int, _ tree: inout Tree
    ) {
        let number = weaker.count
        weaker.append(pool)
        for item in stronger {
            let subnet = merger.subnet(of: item, tree)
            if subnet != merger.subnet(of: weaker[number], tree), place(of: subnet, merger, tree) == nil {
                places.append(.stronger(item))
                continue
            }
            weaker[number] = merger.combined(weaker[number], item, MergePlan.deep, depth, &tree)
            if let place = place(of: merger.subnet(of: weaker[number], tree), merger, tree) {
                places[place] = .weaker(number)
            } else {
                places.append(.weaker(number))
            }
        }
    }

    var items: [NodeID] { places.map(node) }

    private func node(_ place: Place) -> NodeID {
        switch place {
        case .stronger(let node): node
        case .weaker(let number): weaker[number]
        }
    }

    private func place(of subnet: [UInt8]?, _ merger: ServiceMerger, _ tree: Tree) -> Int? {
        places.firstIndex { merger.subnet(of: node($0), tree) == subnet }
    }
}

extension ServiceMerger {
    mutating func combinedPools(_ weak: NodeID, _ strong: NodeID, _ depth: Int, _ tree: inout Tree) -> NodeID {
        let stronger = settled(strong, depth, &tree)
        let (items, under) = (Array(tree.items(stronger)), Array(tree.items(weak)))
        guard let last = under.last else { return stronger }
        var result: [NodeID]
        if max(items.count, under.count) <= AddressPools.few {
            var pools = AddressPools()
            for pool in under { pools.add(pool, under: items, &self, depth - 1, &tree) }
            result = pools.items
        } else {
            result = items.map { combined(last, $0, MergePlan.deep, depth - 1, &tree) }
        }
        return tree.addSequence(result, style: tree[strong].style, at: tree[strong].span)
    }

    fileprivate func subnet(of pool: NodeID, _ tree: Tree) -> [UInt8]? {
        tree.value(subnet, in: pool).flatMap { tree.isNull($0) ? nil : Array(tree.bytes($0)) }
    }
}
