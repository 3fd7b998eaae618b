import CLibYAML
import Diagnostics
import SourceText

/// Builds the tree of one document from libyaml's events.
///
/// Iterative: the open collections are a stack of its own, so that no input drives recursion.
struct TreeBuilder {
    /// A collection whose end has not been read.
    private struct Open {
        let kind: Node.Kind
        let style: Node.Style
        let tag: Tag
        let start: UInt32
        /// The number of children before its own in `pending`.
        let firstChild: Int
        let anchor: String?
        /// The expanded size of the document before this collection.
        let sizeBefore: Int
    }

    /// What an anchor stands for, once its node is complete.
    private struct Anchor {
        var node: NodeID?
        var expandedSize = 1
    }

    var tree: Tree
    var diagnostics: [Diagnostic] = []
    private let limits: Limits
    private let bytes: UnsafeBufferPointer<UInt8>
    private var cursor: CodePointCursor
    private var open: [Open] = []
    private var pending: [NodeID] = []
    private var anchors: [String: Anchor] = [:]
    /// The nodes read so far if every alias were written out.
    private var expandedSize = 0
    /// For each symbol the mapping in which it was last seen, and the key node: finds duplicates in one pass.
    private var lastSeen: [(mapping: Int32, key: NodeID)] = []
    private var mappingCount: Int32 = 0

    init(source: SourceFile, bytes: UnsafeBufferPointer<UInt8>, vocabulary: SymbolTable, limits: Limits) {
        tree = Tree(source: source, vocabulary: vocabulary)
        self.bytes = bytes
        self.limits = limits
        cursor = CodePointCursor(bytes)
        tree.nodes.reserveCapacity(bytes.count / 16)
        tree.edges.reserveCapacity(bytes.count / 16)
    }

    /// Reads the whole stream; false when it cannot go on, with the reason among the diagnostics.
    mutating func read() -> Bool {
        guard var reader = EventReader(bytes) else {
            report(.limitExceeded, "there is no memory left to read this file", .beginning, "reading stopped here")
            return false
        }
        var documents = 0
        while let event = reader.next() {
            switch event.pointee.type {
            case YAML_STREAM_END_EVENT:
                return diagnostics.isEmpty
            case YAML_DOCUMENT_START_EVENT:
                documents += 1
                if documents > 1 {
                    let start = cursor.offset(of: Int(event.pointee.start_mark.index))
                    diagnostics.append(
                        Diagnostic(
                            .severalDocuments, "this file holds more than one YAML document",
                            at: .init(tree.location(Span(start, start + 3)), "a second document starts here"),
                            why: "a manifest is one document; which of several is meant would be a guess",
                            help: ["keep one document and move the other to a file of its own"]))
                    return false
                }
            case YAML_SCALAR_EVENT:
                addScalar(event)
            case YAML_ALIAS_EVENT:
                addAlias(event)
            case YAML_SEQUENCE_START_EVENT, YAML_MAPPING_START_EVENT:
                begin(event)
            case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT:
                end(at: Int(event.pointee.end_mark.index))
            default:
                break
            }
            if exceedsLimit(event) { return false }
        }
        reportSyntaxError(reader.failure)
        return false
    }

    // MARK: Events

    private mutating func addScalar(_ event: UnsafeMutablePointer<yaml_event_t>) {
        let scalar = event.pointee.data.scalar
        let text = UnsafeBufferPointer(start: UnsafePointer(scalar.value), count: scalar.length)
        var start = cursor.offset(of: Int(event.pointee.start_mark.index))
        let end = trimmedEnd(cursor.offset(of: Int(event.pointee.end_mark.index)), from: start)
        let style: Node.Style =
            switch scalar.style {
            case YAML_SINGLE_QUOTED_SCALAR_STYLE: .singleQuoted
            case YAML_DOUBLE_QUOTED_SCALAR_STYLE: .doubleQuoted
            case YAML_LITERAL_SCALAR_STYLE: .literal
            case YAML_FOLDED_SCALAR_STYLE: .folded
            default: .plain
            }
        let tag = scalar.tag.map { Tag(uri: UnsafeBufferPointer(start: $0, count: strlen($0))) } ?? .none
        // A scalar's span includes its tag and anchor: the end is the side to measure from.
        if scalar.tag != nil || scalar.anchor != nil, style == .plain || style == .singleQuoted || style == .doubleQuoted {
            start = startAfterProperties(start, end, text, style)
        }
        let isKey = open.last.map { $0.kind == .mapping && (pending.count - $0.firstChild) % 2 == 0 } ?? false
        let symbol = isKey ? tree.symbols.intern(text) : .none
        let textStart = style == .plain ? start : start + 1
        let inSource =
            style != .literal && style != .folded && Int(textStart) + text.count <= bytes.count
            && UnsafeBufferPointer(rebasing: bytes[Int(textStart)..<Int(textStart) + text.count]).elementsEqual(text)
        let place: UInt32
        if inSource {
            place = textStart
        } else {
            place = UInt32(tree.decoded.count)
            tree.decoded.append(contentsOf: text)
        }
        let id = tree.add(
            Node(
                kind: .scalar, style: style, tag: tag, isDecoded: !inSource, span: Span(start, end), start: place,
                count: UInt32(text.count), symbol: symbol))
        pending.append(id)
        expandedSize += 1
        if let anchor = scalar.anchor { anchors[String(cString: anchor)] = Anchor(node: id, expandedSize: 1) }
        if text.count > limits.scalarBytes {
            report(
                .limitExceeded, "this scalar holds \(text.count) bytes; the limit is \(limits.scalarBytes)",
                Span(start, min(end, start + 1)), "it begins here")
        }
        if open.isEmpty { tree.root = id }
    }

    private mutating func addAlias(_ event: UnsafeMutablePointer<yaml_event_t>) {
        let name = String(cString: event.pointee.data.alias.anchor)
        let start = cursor.offset(of: Int(event.pointee.start_mark.index))
        let span = Span(start, cursor.offset(of: Int(event.pointee.end_mark.index)))
        guard let anchor = anchors[name] else {
            let known = nearest(to: name, among: anchors.keys.sorted())
            report(
                .undefinedAlias, "the alias `*\(name)` has no anchor", span, "no `&\(name)` stands before this",
                help: [known.map { "did you mean `*\($0)`?" } ?? "write `&\(name)` before the value that it stands for"])
            pending.append(addNull(at: span))
            return
        }
        guard let node = anchor.node else {
            report(
                .undefinedAlias, "the alias `*\(name)` stands inside its own anchor", span,
                "this would contain itself without end")
            pending.append(addNull(at: span))
            return
        }
        // The alias has a place of its own: that is where a wrong use of the anchored value is to be shown.
        var copy = tree[node]
        copy.span = span
        let isKey = open.last.map { $0.kind == .mapping && (pending.count - $0.firstChild) % 2 == 0 } ?? false
        if isKey, copy.kind == .scalar {
            let symbol = tree.withBytes(node) { text in Array(text) }.withUnsafeBufferPointer { tree.symbols.intern($0) }
            copy = Node(
                kind: .scalar, style: copy.style, tag: copy.tag, isDecoded: copy.isDecoded, span: span,
                start: copy.start, count: copy.count, symbol: symbol)
        }
        pending.append(tree.add(copy))
        expandedSize += anchor.expandedSize
    }

    private mutating func begin(_ event: UnsafeMutablePointer<yaml_event_t>) {
        let start = cursor.offset(of: Int(event.pointee.start_mark.index))
        let isMapping = event.pointee.type == YAML_MAPPING_START_EVENT
        let data = event.pointee.data
        let tagText = isMapping ? data.mapping_start.tag : data.sequence_start.tag
        let anchorText = isMapping ? data.mapping_start.anchor : data.sequence_start.anchor
        let isFlow =
            isMapping
            ? data.mapping_start.style == YAML_FLOW_MAPPING_STYLE
            : data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE
        let anchor = anchorText.map { String(cString: $0) }
        if let anchor { anchors[anchor] = Anchor(node: nil) }
        open.append(
            Open(
                kind: isMapping ? .mapping : .sequence, style: isFlow ? .flow : .block,
                tag: tagText.map { Tag(uri: UnsafeBufferPointer(start: $0, count: strlen($0))) } ?? .none,
                start: start, firstChild: pending.count, anchor: anchor, sizeBefore: expandedSize))
        expandedSize += 1
    }

    private mutating func end(at mark: Int) {
        guard let collection = open.popLast() else { return }
        var children = pending[collection.firstChild...]
        let style = collection.style
        // A block collection's own end mark lies at the next token: its last child's end is where it ends.
        let end = style == .flow ? cursor.offset(of: mark) : children.last.map { tree[$0].span.end } ?? collection.start
        var start = collection.start
        if let first = children.first, style == .block, collection.kind == .mapping { start = tree[first].span.start }
        if collection.kind == .mapping { children = checkedEntries(children)[...] }
        let edge = UInt32(tree.edges.count)
        tree.edges.append(contentsOf: children)
        let count = collection.kind == .mapping ? children.count / 2 : children.count
        let id = tree.add(
            Node(
                kind: collection.kind, style: style, tag: collection.tag, span: Span(start, end), start: edge,
                count: UInt32(count)))
        pending.removeSubrange(collection.firstChild...)
        pending.append(id)
        if let anchor = collection.anchor {
            anchors[anchor] = Anchor(node: id, expandedSize: expandedSize - collection.sizeBefore)
        }
        if open.isEmpty { tree.root = id }
    }

    // MARK: Mappings

    /// The entries of a mapping after duplicate keys were reported and merge keys resolved.
    private mutating func checkedEntries(_ children: ArraySlice<NodeID>) -> [NodeID] {
        mappingCount += 1
        if lastSeen.count < tree.symbols.count {
            let more = max(tree.symbols.count, lastSeen.count * 2) - lastSeen.count
            lastSeen.append(contentsOf: repeatElement((mapping: 0, key: NodeID(index: 0)), count: more))
        }
        var kept: [NodeID] = []
        kept.reserveCapacity(children.count)
        var hasMergeKey = false
        var index = children.startIndex
        while index < children.endIndex {
            let (key, value) = (children[index], children[index + 1])
            index += 2
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
            kept.append(key)
            kept.append(value)
        }
        return hasMergeKey ? mergedEntries(kept) : kept
    }

    private func isMergeKey(_ key: NodeID) -> Bool {
        let node = tree[key]
        guard node.count == 2, node.style == .plain, node.tag == .none || node.tag == .merge else { return false }
        return tree.withBytes(key) { $0[0] == UInt8(ascii: "<") && $0[1] == UInt8(ascii: "<") }
    }

    /// Replaces `<<` by the entries that it brings: a key of the mapping itself wins, then the first of a list
    /// (YAML 1.1 merge type). The brought entries stand where `<<` stood.
    private mutating func mergedEntries(_ entries: [NodeID]) -> [NodeID] {
        var result: [NodeID] = []
        for position in stride(from: 0, to: entries.count, by: 2) {
            let (key, value) = (entries[position], entries[position + 1])
            guard isMergeKey(key) else {
                result += [key, value]
                continue
            }
            let sources = tree[value].kind == .sequence ? Array(tree.items(value)) : [value]
            for source in sources {
                guard tree[source].kind == .mapping else {
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
        return result
    }

    private mutating func addNull(at span: Span) -> NodeID {
        tree.add(Node(kind: .scalar, style: .plain, tag: .null, isDecoded: true, span: span, start: 0, count: 0))
    }

    // MARK: Places

    /// The end of a scalar: libyaml puts that of a block scalar at the next token.
    private func trimmedEnd(_ end: UInt32, from start: UInt32) -> UInt32 {
        var end = Int(end)
        while end > Int(start), [0x20, 0x0A, 0x0D, 0x09].contains(bytes[end - 1]) { end -= 1 }
        return UInt32(end)
    }

    /// The start of a one-line scalar behind its tag and anchor.
    private func startAfterProperties(
        _ start: UInt32, _ end: UInt32, _ text: UnsafeBufferPointer<UInt8>, _ style: Node.Style
    ) -> UInt32 {
        let length = style == .plain ? text.count : text.count + 2
        let candidate = Int(end) - length
        if candidate >= Int(start) {
            let offset = style == .plain ? candidate : candidate + 1
            if bytes[offset..<offset + text.count].elementsEqual(text) { return UInt32(candidate) }
        }
        return start
    }

    // MARK: Faults

    private mutating func exceedsLimit(_ event: UnsafeMutablePointer<yaml_event_t>) -> Bool {
        if open.count > limits.depth {
            let start = cursor.offset(of: Int(event.pointee.start_mark.index))
            report(
                .limitExceeded, "values are nested more than \(limits.depth) levels deep", Span(start, start + 1),
                "level \(open.count) begins here", help: ["no manifest needs this; `--limit-depth` raises the limit"])
            return true
        }
        if expandedSize - tree.nodes.count > limits.expandedNodes {
            let start = cursor.offset(of: Int(event.pointee.start_mark.index))
            report(
                .limitExceeded, "aliases expand to more than \(limits.expandedNodes) further values",
                Span(start, start + 1), "the limit is reached here",
                why: "a small file of nested aliases can otherwise fill the memory of whoever reads it",
                help: ["repeat less by alias; `--limit-expanded-nodes` raises the limit"])
            return true
        }
        return diagnostics.contains { $0.code == .limitExceeded }
    }

    private mutating func reportSyntaxError(
        _ failure: (problem: String, index: Int, context: String?, contextIndex: Int)
    ) {
        let start = cursor.offset(of: failure.index)
        let explained = explain(failure.problem, context: failure.context, at: Int(start))
        var secondary: [Diagnostic.Label] = []
        if let context = failure.context, failure.contextIndex != failure.index {
            let place = cursor.offset(of: failure.contextIndex)
            secondary.append(.init(tree.location(Span(place, place + 1)), context))
        }
        diagnostics.append(
            Diagnostic(
                .yamlSyntax, explained.message,
                at: .init(tree.location(Span(start, min(start + 1, UInt32(bytes.count)))), explained.label),
                also: secondary, help: explained.help))
    }

    private mutating func report(
        _ code: Code, _ message: String, _ span: Span, _ label: String, why: String? = nil, help: [String] = []
    ) {
        diagnostics.append(
            Diagnostic(code, message, at: .init(tree.location(span), label), why: why, help: help))
    }
}
