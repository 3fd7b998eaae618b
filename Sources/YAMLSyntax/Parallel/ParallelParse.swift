import SourceText
import Threads

/// Parsing a large text on two threads. Parsing is more than half of a validation.
///
/// The text is split between two entries of a mapping that is the value of an entry at the top level, such as between two
/// projects. Each part is parsed as a document of its own; the second gets a key in place of the one that it lost:
///
///     version: 1            first part          version: 1
///     projects:             (this thread)       projects:
///       shop:                                     shop:
///         services: …                               services: …
///       office:        ──── split point ────
///         services: …       second part         _:
///     images:               (a thread)            office:
///       web: …                                      services: …
///                                               images:
///                                                 web: …
///
/// Then the nodes of the second tree are added to the first, the entries under `_` to the mapping of the first part's last
/// entry, and the entries behind `_` to the root.
extension Tree {
    /// The number of bytes from which a second thread saves more than it costs.
    static let parallelThreshold = 256 << 10

    /// Parses a text as two documents at once.
    ///
    /// The result is what `read` makes of the whole, but for the order of its nodes and symbols.
    ///
    /// - Parameter middle: from where on to look for the split point; nil is half of the text.
    /// - Returns: nil where the text must be parsed as one: it has no split point, one of the parts has a fault, or
    ///   something in one part may mean something to the other: an anchor, a merge key, a directive, the end of a document.
    package static func parseInParallel(_ source: SourceFile, limits: Limits = Limits(), at middle: Int? = nil) -> Tree?
    {
        let bytes = source.bytes
        guard bytes.count <= min(limits.fileBytes, Int(UInt32.max / 2)),
            let point = SplitPoint(of: bytes, behind: middle ?? bytes.count / 2)
        else { return nil }
        let later = Future(isLong: bytes.count >= parallelThreshold) {
            whole(SourceFile(path: source.path, bytes: SplitPoint.head + source.bytes[point.offset...]), limits: limits)
        }
        guard var tree = whole(source, upTo: point.offset, limits: limits),
            let mapping = tree.lastMapping(before: point),
            let other = later.value, let head = other.entries(other.root).first,
            other.isPlainMapping(head.value, standingAt: point.indentation)
        else { return nil }

        let placeholder = tree.graft(other, at: UInt32(point.offset - SplitPoint.head.count))
        let (addedKey, rest) = tree.entries(placeholder)[0]
        // The key that was put before the second part stands nowhere in the text.
        tree.nodes[Int(addedKey.index)].span = .beginning
        let isSound = tree.extend(mapping, by: rest)
        return isSound && tree.extend(tree.root, by: placeholder, behind: 1) ? tree : nil
    }

    /// The tree of a text, or of its beginning, that is a mapping without a fault and without anything that reaches
    /// beyond its own lines.
    private static func whole(_ source: SourceFile, upTo end: Int? = nil, limits: Limits) -> Tree? {
        let (tree, faults) = readAtOnce(source, upTo: end, limits: limits, stopsEarly: true)
        guard faults.isEmpty, let tree, tree.references.isEmpty, tree.symbols.find("<<") == nil,
            tree.isPlainMapping(tree.root, standingAt: 0),
            !source.bytes[..<Int(tree[tree.root].span.start)].contains(UInt8(ascii: "%"))
        else { return nil }
        return tree
    }

    /// The mapping that is the value of the last entry at the top level, if the split point can lie behind one of its
    /// entries.
    private func lastMapping(before point: SplitPoint) -> NodeID? {
        guard let last = entries(root).last, isPlainMapping(last.value, standingAt: point.indentation) else {
            return nil
        }
        // A document may end before the point.
        let between = source.bytes[Int(self[last.value].span.end)..<point.offset]
        let dots = between.indices.contains { between[$0...].starts(with: Array("...".utf8)) }
        return dots ? nil : last.value
    }

    /// Whether a node is a mapping in block style, without a tag, whose every key is the first in its line, behind so
    /// many spaces.
    private func isPlainMapping(_ id: NodeID, standingAt indentation: Int) -> Bool {
        let node = self[id]
        guard node.kind == .mapping, node.style == .block, node.tag == .none else { return false }
        return entries(id).allSatisfy { entry in
            let end = Int(self[entry.key].span.start)
            let start = end - indentation
            guard start >= 0, source.bytes[start..<end].allSatisfy({ $0 == UInt8(ascii: " ") }) else { return false }
            return start == 0 || source.bytes[start - 1] == UInt8(ascii: "\n")
        }
    }

    /// Adds the entries of another mapping, but for the first ones, to a mapping; false when a key is there twice.
    private mutating func extend(_ id: NodeID, by other: NodeID, behind first: Int = 0) -> Bool {
        let (node, more) = (self[id], self[other])
        let start = edges.count
        // By their places: a slice held here would make the first new edge copy all.
        for place in [node.edges, more.edges.dropFirst(2 * first)] { for index in place { edges.append(edges[index]) } }
        var isThere = [Bool](repeating: false, count: symbols.count)
        for index in stride(from: start, to: edges.count, by: 2) {
            let symbol = Int(self[edges[index]].symbol.index)
            if isThere[symbol] { return false }
            isThere[symbol] = true
        }
        let end = edges.count > start ? self[edges[edges.count - 1]].span.end : node.span.end
        nodes[Int(id.index)] = Node(
            kind: .mapping, style: node.style, tag: node.tag, span: Span(node.span.start, end), start: UInt32(start),
            count: UInt32((edges.count - start) / 2))
        return true
    }
}

extension Node {
    /// Where the keys and values of a mapping stand among the edges.
    fileprivate var edges: Range<Int> { Int(start)..<Int(start + count * 2) }
}
