import YAMLSyntax

/// Finds the items of two layers' sequences that are the same thing.
struct ItemIdentities: Sendable {
    private let target, source, path: Symbol
    private let ports: PortMapping.Keys
    private var scratch: [UInt8] = []

    /// The single ports that ranges may stand for together; beyond it a range is the same only as an equal range.
    private static let parts = 1 << 17

    init(in tree: inout Tree) {
        target = tree.symbols.intern("target")
        source = tree.symbols.intern("source")
        path = tree.symbols.intern("path")
        ports = PortMapping.Keys(&tree.symbols)
    }

    /// The weaker layer's items in their order, then the stronger layer's new ones; the stronger of the same thing
    /// stands in the weaker's place.
    mutating func unique(_ weak: [NodeID], _ strong: [NodeID], _ identity: ItemIdentity, _ tree: inout Tree) -> [NodeID]
    {
        if case .none = identity { return weak + strong }
        if case .port = identity,
            weak.contains(where: { tree.isPortRange($0) }) || strong.contains(where: { tree.isPortRange($0) }),
            let result = uniqueParts(weak + strong, &tree)
        {
            return result
        }
        var result: [NodeID] = []
        result.reserveCapacity(weak.count + strong.count)
        var positions = ItemPositions()
        var places: [Int] = []
        for item in [weak, strong].joined() {
            guard let symbol = symbol(item, identity, &tree) else {
                result.append(item)
                continue
            }
            if let position = positions.position(of: symbol) {
                result[places[position]] = item
            } else {
                places.append(result.count)
                result.append(item)
            }
        }
        return result
    }

    /// What an item is the same by, interned; nil for an item that is like no other.
    private mutating func symbol(_ item: NodeID, _ identity: ItemIdentity, _ tree: inout Tree) -> Symbol? {
        let isShort = tree[item].kind == .scalar
        scratch.removeAll(keepingCapacity: true)
        switch identity {
        case .none:
            return nil
        case .text:
            guard isShort else { return nil }
            scratch.append(contentsOf: tree.bytes(item))
        case .beforeEquals:
            guard isShort else { return nil }
            scratch.append(contentsOf: tree.bytes(item).prefix { $0 != UInt8(ascii: "=") })
        case .path:
            guard let text = isShort ? item : tree.value(path, in: item) else { return nil }
            scratch.append(contentsOf: tree.bytes(text))
        case .mount(let folder):
            if !isShort, let text = tree.value(target, in: item) {
                scratch.append(contentsOf: tree.bytes(text))
            } else {
                guard let text = isShort ? item : tree.value(source, in: item) else { return nil }
                scratch.append(contentsOf: folder.utf8)
                scratch.append(UInt8(ascii: "/"))
                scratch.append(contentsOf: tree.bytes(text))
            }
        case .device:
            if isShort {
                let parts = tree.bytes(item).split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
                scratch.append(contentsOf: parts.count > 1 ? parts[1] : tree.bytes(item))
            } else {
                guard let text = tree.value(target, in: item) else { return nil }
                scratch.append(contentsOf: tree.bytes(text))
            }
        case .volume:
            guard let text = isShort ? item : tree.value(target, in: item) else { return nil }
            // Compose compares the long form's target as it is written, and cleans it only afterwards.
            if isShort {
                let written = tree.bytes(text)
                let range = tree.withBytes(text) { try? ShortMount.parse($0).get().target } ?? 0..<written.count
                appendCleanPath(written.dropFirst(range.lowerBound).prefix(range.count), to: &scratch)
            } else {
                scratch.append(contentsOf: tree.bytes(text))
            }
        case .port:
            // An empty text is no port, but like any other.
            guard let port = PortMapping(item, ports, of: tree) else { break }
            if let long = port.long, long.target == nil { return nil }
            PortIdentity(port).append(part: nil, to: &scratch)
        }
        return scratch.withUnsafeBufferPointer { tree.symbols.intern($0) }
    }

    /// Port items where one of them is a range, which is the same as another item only in parts; nil without a range.
    private mutating func uniqueParts(_ items: [NodeID], _ tree: inout Tree) -> [NodeID]? {
        let ranges = items.map { item in
            tree[item].kind == .scalar ? PortMapping(item, ports, of: tree).map { PortIdentity($0) } : nil
        }
        let total = ranges.reduce(0) { $0 + ($1?.parts ?? 1) }
        guard total > items.count, total <= Self.parts else { return nil }
        var parts: [(item: Int, part: Int?)] = []
        var positions = ItemPositions()
        var places: [Int] = []
        for (index, item) in items.enumerated() {
            for part in 0..<(ranges[index]?.parts ?? 1) {
                let key: Symbol?
                if let range = ranges[index] {
                    scratch.removeAll(keepingCapacity: true)
                    range.append(part: part, to: &scratch)
                    key = scratch.withUnsafeBufferPointer { tree.symbols.intern($0) }
                } else {
                    key = symbol(item, .port, &tree)
                }
                if let key, let position = positions.position(of: key) {
                    parts[places[position]] = (index, part)
                } else {
                    if key != nil { places.append(parts.count) }
                    parts.append((index, part))
                }
            }
        }
        return joined(parts, items, ranges, &tree)
    }

    /// The items that parts make: an item whose parts all stand together as it is, the others part by part.
    private func joined(
        _ parts: [(item: Int, part: Int?)], _ items: [NodeID], _ ranges: [PortIdentity?], _ tree: inout Tree
    ) -> [NodeID] {
        var result: [NodeID] = []
        var index = 0
        while index < parts.count {
            let (item, part) = parts[index]
            let size = ranges[item]?.parts ?? 1
            if part == 0, index + size <= parts.count,
                (0..<size).allSatisfy({ parts[index + $0].item == item && parts[index + $0].part == $0 })
            {
                result.append(items[item])
                index += size
                continue
            }
            if let range = ranges[item], let part {
                var text: [UInt8] = []
                range.appendText(part: part, to: &text)
                result.append(tree.addScalar(text, style: .doubleQuoted, at: tree[items[item]].span))
            }
            index += 1
        }
        return result
    }
}

extension Tree {
    /// Whether an item may be a range of ports: most are not, and need not be taken apart.
    fileprivate func isPortRange(_ item: NodeID) -> Bool {
        self[item].kind == .scalar && withBytes(item) { $0.contains(UInt8(ascii: "-")) }
    }
}
