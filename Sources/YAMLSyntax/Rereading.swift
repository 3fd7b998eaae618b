import SourceText

/// Reading a text that differs from one whose tree is known in one place: what an editor asks for at every key.
extension Tree {
    /// Becomes the tree of a text that differs from this one's within one entry of a mapping at the top level, such as
    /// within one project.
    ///
    /// Only that entry is read again, as a document of its own; all other nodes stay and move to where they stand now.
    /// The result is what `read` makes of the text, but for the order of its nodes and symbols and for what lies unused
    /// in the arena, of which there is never more than half as much again. Linear in the text, but much faster than
    /// reading.
    ///
    /// This tree must be as it was read, without a fault.
    ///
    /// - Returns: false, with the tree as it was, where the whole text must be read: for any other change, a fault, or
    ///   an anchor or alias in the entry.
    package mutating func reread(_ source: SourceFile, limits: Limits = Limits()) -> Bool {
        guard source.bytes.count <= min(limits.fileBytes, Int(UInt32.max)), limits.depth > 1,
            rereadNodes <= nodes.count / 4, decoded.count <= 2 * self.source.bytes.count
        else { return false }
        let change = TextChange(from: self.source.bytes, to: source.bytes)
        guard let place = TopLevelEntry(around: change, in: self) else { return false }
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
        rereadNodes += read.nodeCount
        firstFresh = UInt32(nodes.count)
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

/// The entry of a mapping at the top level in which a change lies, from the line of its key to that of the next key.
private struct TopLevelEntry {
    let mapping: NodeID
    let key: NodeID
    /// Where the key stands among the tree's edges.
    let edge: Int
    /// Its bytes in the old text.
    let range: Range<Int>
    /// The spaces before its key.
    let indentation: Int

    /// Nil for a change elsewhere, and where the entry's key does not stand first in a line of its own.
    init?(around change: TextChange, in tree: Tree) {
        let bytes = tree.source.bytes
        guard tree[tree.root].kind == .mapping, tree[tree.root].style == .block else { return nil }
        func line(of key: NodeID) -> (start: Int, indentation: Int)? {
            let end = Int(tree[key].span.start)
            var start = end
            while start > 0, bytes[start - 1] == UInt8(ascii: " ") { start -= 1 }
            guard start == 0 || bytes[start - 1] == UInt8(ascii: "\n") else { return nil }
            return (start, end - start)
        }
        /// The last key before the change and the first one behind, by their lines.
        func around(_ mapping: NodeID, upTo end: Int) -> (index: Int, range: Range<Int>, indentation: Int)? {
            var found: (index: Int, start: Int, indentation: Int)?
            for (index, entry) in tree.entries(mapping).enumerated() {
                guard let (start, indentation) = line(of: entry.key), start > found?.start ?? -1, start <= end else {
                    return nil
                }
                if let found, start >= change.old.upperBound {
                    return (found.index, found.start..<start, found.indentation)
                }
                if start > change.old.lowerBound { return nil }
                found = (index, start, indentation)
            }
            return found.map { ($0.index, $0.start..<end, $0.indentation) }
        }
        guard let outer = around(tree.root, upTo: bytes.count), outer.indentation == 0 else { return nil }
        let top = tree.entries(tree.root)[outer.index]
        mapping = top.value
        guard tree[mapping].kind == .mapping, tree[mapping].style == .block,
            let inner = around(mapping, upTo: outer.range.upperBound), inner.indentation > 0,
            let first = tree.entries(mapping).first
        else { return nil }
        // What is anchored as a whole grows with its part, and with it every alias.
        let heads = [
            0..<Int(tree[tree.root].span.start), Int(tree[top.key].span.end)..<Int(tree[first.key].span.start),
        ]
        guard tree.references.allSatisfy({ place in !heads.contains { $0.contains(Int(place)) } }) else { return nil }
        key = tree.entries(mapping)[inner.index].key
        edge = Int(tree[mapping].start) + 2 * inner.index
        range = inner.range
        indentation = inner.indentation
    }
}
