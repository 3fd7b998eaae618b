import SourceText

/// Parsing a text of which an earlier version's tree is known, as an editor asks for it at every key.
///
/// The change must lie within one entry below an entry at the top level, such as within one project. That entry alone is
/// parsed again, as a document of its own, and takes the place of the old one. The nodes behind it get new places:
///
///     projects:
///       shop:                   these nodes stay as they are
///         services: …
///       office:                 these nodes are emptied, and the entry as it is now is parsed:
///         services: …               office:
///         networks: …  (new)          services: …
///     images:                         networks: …
///       web: …                  these nodes get the places that they have now
extension Tree {
    /// Becomes the tree of a text that differs from this tree's in one entry.
    ///
    /// The result is what `read` makes of the text, but for the order of its nodes and symbols and for nodes that are no
    /// longer used, of which there are never more than half as many as the others. The time grows with the text's length,
    /// but is a small part of what `read` takes.
    ///
    /// This tree must be as it was read, without a fault.
    ///
    /// - Returns: false, with the tree as it was, where the whole text must be read: for any other change, for a fault,
    ///   and for an anchor or alias in the entry.
    package mutating func reparse(_ source: SourceFile, limits: Limits = Limits()) -> Bool {
        guard source.bytes.count <= min(limits.fileBytes, Int(UInt32.max)), limits.depth > 1,
            incremental.parsedNodes <= nodes.count / 4, decoded.count <= 2 * self.source.bytes.count
        else { return false }
        let change = TextChange(from: self.source.bytes, to: source.bytes)
        guard let place = ChangedEntry(around: change, in: self) else { return false }
        let (start, oldEnd) = (place.range.lowerBound, place.range.upperBound)
        let newEnd = oldEnd + change.growth
        guard references.allSatisfy({ !place.range.contains(Int($0)) }),
            Self.staysIndented(source.bytes[start..<newEnd], by: place.indentation)
        else { return false }

        var inner = limits
        inner.depth -= 1
        let text = SourceFile(path: source.path, bytes: Array(source.bytes[start..<newEnd]))
        let (read, faults) = Tree.readAtOnce(text, limits: inner)
        guard faults.isEmpty, let read, read.references.isEmpty, let entry = read.entries(read.root).first,
            read[read.root].style == .block, read.entries(read.root).count == 1,
            read[entry.key].span.start == UInt32(place.indentation), read[entry.key].style == self[place.key].style,
            read.bytes(entry.key).elementsEqual(bytes(place.key))
        else { return false }

        self.source = source
        move(from: start, oldEnd, by: change.growth, keeping: place.mapping)
        incremental.parsedNodes += read.nodeCount
        incremental.firstNewNode = UInt32(nodes.count)
        let part = graft(read, at: UInt32(start))
        let fresh = entries(part)[0]
        edges[place.edge] = fresh.key
        edges[place.edge + 1] = fresh.value
        for mapping in [place.mapping, root] {
            guard let last = entries(mapping).last else { continue }
            nodes[Int(mapping.index)].span.end = self[last.value].span.end
        }
        return true
    }

    /// Empties the nodes of the entry that is replaced, and moves those behind it.
    ///
    /// - Parameter mapping: that of the entry, which begins where its first entry does.
    private mutating func move(from start: Int, _ end: Int, by growth: Int, keeping mapping: NodeID) {
        let (start, end) = (UInt32(start), UInt32(end))
        func moved(_ offset: UInt32) -> UInt32 { offset < end ? offset : UInt32(Int(offset) + growth) }
        for index in nodes.indices {
            let node = nodes[index]
            if node.span.start < start, node.span.end < end { continue }
            let isReplaced = node.span.start >= start && node.span.start < end && index != Int(mapping.index)
            let isText = node.kind == .scalar && !node.isDecoded
            nodes[index] = Node(
                kind: node.kind, style: node.style, tag: node.tag, isDecoded: node.isDecoded,
                span: isReplaced ? .beginning : Span(moved(node.span.start), moved(node.span.end)),
                start: isReplaced ? 0 : isText ? moved(node.start) : node.start, count: isReplaced ? 0 : node.count,
                symbol: node.symbol, keys: node.kind == .mapping ? KeyMask(bits: node.word) : .unknown)
        }
        for index in references.indices { references[index] = moved(references[index]) }
    }

    /// Whether every line of a text that is neither blank nor a comment is indented by so many spaces: then nothing in
    /// it ends the mapping or the document in which the text stands.
    private static func staysIndented(_ text: ArraySlice<UInt8>, by indentation: Int) -> Bool {
        var spaces = 0
        var isAtStart = true
        for (index, byte) in zip(text.indices, text) {
            switch byte {
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"): (spaces, isAtStart) = (0, true)
            case UInt8(ascii: " ") where isAtStart: spaces += 1
            case UInt8(ascii: "#") where isAtStart: isAtStart = false
            // U+0085, U+2028 and U+2029 break lines for YAML 1.1, too.
            case 0xC2 where text[index...].starts(with: [0xC2, 0x85]): return false
            case 0xE2 where text[index...].starts(with: [0xE2, 0x80, 0xA8]): return false
            case 0xE2 where text[index...].starts(with: [0xE2, 0x80, 0xA9]): return false
            default:
                if isAtStart, spaces < indentation { return false }
                isAtStart = false
            }
        }
        return true
    }
}
