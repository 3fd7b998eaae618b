import SourceText

/// Making new nodes: what merging and planning add to a document.
extension Tree {
    /// A scalar with a text of its own; `span` is the place that diagnostics should name for it.
    package mutating func addScalar(
        _ text: some Collection<UInt8>, style: Node.Style = .plain, at span: Span
    ) -> NodeID {
        let start = UInt32(decoded.count)
        decoded.append(contentsOf: text)
        return add(
            Node(
                kind: .scalar, style: style, tag: .none, isDecoded: true, span: span, start: start,
                count: UInt32(decoded.count) - start))
    }

    /// A scalar that is always read as this string, whatever it looks like.
    package mutating func addString(_ text: String, at span: Span) -> NodeID {
        addScalar(text.utf8, style: .doubleQuoted, at: span)
    }

    /// A scalar that can be a key.
    package mutating func addKey(_ text: String, at span: Span) -> NodeID {
        let symbol = symbols.intern(text)
        let start = UInt32(decoded.count)
        decoded.append(contentsOf: text.utf8)
        return add(
            Node(
                kind: .scalar, style: .doubleQuoted, tag: .none, isDecoded: true, span: span, start: start,
                count: UInt32(decoded.count) - start, symbol: symbol))
    }

    /// A sequence of nodes of this tree.
    package mutating func addSequence(
        _ items: some Collection<NodeID>, style: Node.Style = .block, at span: Span
    ) -> NodeID {
        let start = UInt32(edges.count)
        edges.append(contentsOf: items)
        return add(
            Node(kind: .sequence, style: style, tag: .none, span: span, start: start, count: UInt32(items.count)))
    }

    /// A mapping of nodes of this tree; every key must be a scalar with a symbol, and no two the same.
    package mutating func addMapping(
        _ entries: [(key: NodeID, value: NodeID)], style: Node.Style = .block, at span: Span
    ) -> NodeID {
        let start = UInt32(edges.count)
        for (key, value) in entries {
            edges.append(key)
            edges.append(value)
        }
        return add(
            Node(
                kind: .mapping, style: style, tag: .none, span: span, start: start, count: UInt32(entries.count),
                keys: keys(among: Int(start)..<edges.count)))
    }

    /// The mask of a mapping whose keys and values are these edges.
    func keys(among places: Range<Int>) -> KeyMask {
        var keys = KeyMask()
        for place in stride(from: places.lowerBound, to: places.upperBound, by: 2) {
            let key = Int(edges[place].index)
            // A mapping that was read in halves stands before some of its keys, and is grafted before them.
            guard key < nodes.count else { return .unknown }
            keys.insert(nodes[key].symbol)
        }
        return keys
    }

    /// A copy of a node without its tag, sharing its children or text.
    package mutating func addUntagged(_ id: NodeID) -> NodeID {
        var node = self[id]
        guard node.tag != .none else { return id }
        node.tag = node.style == .plain && withBytes(id, Self.isOnlyTextItself) ? .string : .none
        return add(node)
    }

    /// Whether a plain text is a number that is written otherwise than it is printed: `0o17`, `010`, `1_000`, `1e3`.
    ///
    /// Docker Compose 2.26.1 reads what stands behind `!override` as a text, and makes a number of it only where one is
    /// wanted, so such a number must stay the text that it is.
    private static func isOnlyTextItself(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        let type = plainScalarType(text)
        guard type == .integer || type == .float else { return false }
        let digits = text.first == UInt8(ascii: "-") ? text.dropFirst() : text[...]
        let (whole, rest) = (digits.prefix { $0 != UInt8(ascii: ".") }, digits.drop { $0 != UInt8(ascii: ".") })
        func areDigits(_ part: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
            !part.isEmpty && part.allSatisfy { (0x30...0x39).contains($0) }
        }
        let isDecimal = areDigits(whole) && (whole.count == 1 || whole.first != UInt8(ascii: "0"))
        return !isDecimal || !rest.isEmpty && (!areDigits(rest.dropFirst()) || rest.last == UInt8(ascii: "0"))
    }

    /// The symbol of a scalar's text, whether or not it is a key.
    package mutating func internText(of id: NodeID) -> Symbol {
        let node = self[id]
        return node.symbol != .none ? node.symbol : intern(node, hash: withBytes(id) { TextHash.of($0) })
    }

    /// Gives a key its symbol in place of its hash; nothing to a collection.
    mutating func internKey(_ id: NodeID) {
        let node = self[id]
        if node.kind == .scalar { nodes[Int(id.index)].word = intern(node, hash: node.word).index }
    }

    private mutating func intern(_ node: Node, hash: UInt32) -> Symbol {
        let range = Int(node.start)..<Int(node.start + node.count)
        // The text and the table are different fields: borrowing the one does not copy the other.
        if node.isDecoded {
            return decoded.withUnsafeBufferPointer {
                symbols.intern(UnsafeBufferPointer(rebasing: $0[range]), hash: hash)
            }
        }
        return source.bytes.withUnsafeBufferPointer {
            symbols.intern(UnsafeBufferPointer(rebasing: $0[range]), hash: hash)
        }
    }

    mutating func add(_ node: Node) -> NodeID {
        nodes.append(node)
        return NodeID(index: UInt32(nodes.count - 1))
    }
}
