import CLibYAML
import Diagnostics
import SourceText

/// Builds the tree of one document from libyaml's events.
///
/// Iterative: the open collections are a stack of its own, so that no input drives recursion.
struct TreeBuilder {
    /// A collection whose end has not been read.
    struct Open {
        let kind: Node.Kind
        let style: Node.Style
        let tag: Tag
        /// Behind tag and anchor.
        let start: UInt32
        /// The number of children before its own in `pending`.
        let firstChild: Int
        let anchor: String?
        /// The expanded size of the document before this collection.
        let sizeBefore: Int
        /// The levels of the deepest child that is complete.
        var height = 0
    }

    /// What an anchor stands for, once its node is complete.
    struct Anchor {
        var node: NodeID?
        var expandedSize = 1
        /// The levels of the value: 0 for a scalar.
        var height = 0
    }

    var tree: Tree
    var diagnostics: [Diagnostic] = []
    let limits: Limits
    let bytes: UnsafeBufferPointer<UInt8>
    var cursor: CodePointCursor
    var open: [Open] = []
    var pending: [NodeID] = []
    /// By the name of an alias without anchor, its diagnostic.
    private var undefined: [String: Int] = [:]
    private var anchors: [String: Anchor] = [:]
    /// The nodes read so far if every alias were written out.
    var expandedSize = 0
    /// For each symbol the mapping in which it was last seen, and the key node: finds duplicates in one pass.
    var lastSeen: [(mapping: Int32, key: NodeID)] = []
    var mappingCount: Int32 = 0
    /// How many tags did not fit.
    var mistaggedCount = 0
    /// Whether to stop at the first fault, anchor or alias.
    var stopsEarly = false
    /// Whether a limit was reached, so that reading stops.
    var hasReachedLimit = false
    /// The deepest level that an alias has reached.
    var aliasDepth = 0

    init(source: SourceFile, bytes: UnsafeBufferPointer<UInt8>, limits: Limits) {
        tree = Tree(source: source)
        self.bytes = bytes
        self.limits = limits
        cursor = CodePointCursor(bytes)
        // Ample, and for the whole text: what is never written costs no memory, and growing would hold the nodes twice.
        tree.nodes.reserveCapacity(source.bytes.count / 6)
        // Where the bytes are a half, some edges will be written anew beside those of the other.
        tree.edges.reserveCapacity(source.bytes.count / (bytes.count < source.bytes.count ? 3 : 6))
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
            if stopsEarly, !diagnostics.isEmpty || !tree.references.isEmpty { return false }
            if diagnostics.count >= DiagnosticList.capacity {
                report(
                    .limitExceeded, "this file has more than \(diagnostics.count) faults", .beginning,
                    "reading stopped at the last one", help: ["mend the first ones, then look again"])
                return false
            }
        }
        reportSyntaxError(reader.failure)
        return false
    }

    // MARK: Events

    private mutating func addScalar(_ event: UnsafeMutablePointer<yaml_event_t>) {
        let scalar = event.pointee.data.scalar
        let text = UnsafeBufferPointer(start: UnsafePointer(scalar.value), count: scalar.length)
        var start = cursor.offset(of: Int(event.pointee.start_mark.index))
        var end = trimmedEnd(cursor.offset(of: Int(event.pointee.end_mark.index)), from: start)
        if scalar.length == 0, start == end, let last = pending.last, isValueNext {
            // libyaml finds the missing value of an explicit key at whatever comes next.
            let key = tree[last].span.end
            if key < start, bytes[Int(key)..<Int(start)].contains(UInt8(ascii: "\n")) { (start, end) = (key, key) }
        }
        let style: Node.Style =
            switch scalar.style {
            case YAML_SINGLE_QUOTED_SCALAR_STYLE: .singleQuoted
            case YAML_DOUBLE_QUOTED_SCALAR_STYLE: .doubleQuoted
            case YAML_LITERAL_SCALAR_STYLE: .literal
            case YAML_FOLDED_SCALAR_STYLE: .folded
            default: .plain
            }
        var tag = scalar.tag.map { Tag(uri: UnsafeBufferPointer(start: $0, count: strlen($0))) } ?? .none
        if scalar.tag != nil { tree.hasTags = true }
        if scalar.anchor != nil { tree.references.append(start) }
        if scalar.tag != nil || scalar.anchor != nil { start = skipProperties(start, upTo: end) }
        if tag != .none { tag = fitted(tag, to: text, at: Span(start, end)) }
        let symbol = isKeyNext ? Symbol(index: TextHash.of(text)) : .none
        let textStart = style == .plain ? start : start + 1
        let inSource =
            style != .literal && style != .folded && Int(textStart) + text.count <= bytes.count
            && isSame(text, at: Int(textStart))
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
        if let anchor = scalar.anchor {
            anchors[String(cString: anchor)] = Anchor(node: id, expandedSize: 1)
        }
        // Neither as it is written nor as it is read: escapes and folded lines make it shorter.
        let bytes = max(text.count, Int(end - start))
        if bytes > limits.scalarBytes {
            report(
                .limitExceeded, "this scalar holds \(bytes) bytes; the limit is \(limits.scalarBytes)",
                Span(start, min(end, start + 1)), "it begins here")
        }
        if open.isEmpty { tree.root = id }
    }

    private mutating func addAlias(_ event: UnsafeMutablePointer<yaml_event_t>) {
        let name = String(cString: event.pointee.data.alias.anchor)
        let start = cursor.offset(of: Int(event.pointee.start_mark.index))
        let span = Span(start, cursor.offset(of: Int(event.pointee.end_mark.index)))
        tree.references.append(start)
        guard let anchor = anchors[name] else {
            if let earlier = undefined[name] {
                diagnostics[earlier] = diagnostics[earlier].adding(.init(tree.location(span), "and here"), atMost: 3)
                pending.append(addNull(at: span))
                return
            }
            undefined[name] = diagnostics.count
            // The search is linear in the anchors: only the first faults of a file are worth it, and only few anchors.
            let isWorthIt = diagnostics.count < 20 && anchors.count <= 1000
            let known = isWorthIt ? closestMatch(to: name, among: anchors.keys.sorted()) : nil
            report(
                .undefinedAlias, "the alias `*\(name)` has no anchor", span, "no `&\(name)` stands before this",
                help: [
                    known.map { "did you mean `*\($0)`?" } ?? "write `&\(name)` before the value that it stands for"
                ],
                fix: .renaming("*\(name)", to: known.map { "*\($0)" }, at: [span], in: tree.source))
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
        let isKey = isKeyNext && copy.kind == .scalar
        if copy.kind == .scalar {
            copy.word = isKey ? tree.withBytes(node) { TextHash.of($0) } : Symbol.none.index
        }
        pending.append(tree.add(copy))
        expandedSize += anchor.expandedSize
        aliasDepth = max(aliasDepth, open.count + anchor.height)
        raiseHeight(anchor.height)
    }

    /// Whether the next node is a value of the innermost open mapping.
    private var isValueNext: Bool { open.last?.kind == .mapping && !isKeyNext }

    /// Whether the next node is a key of the innermost open mapping.
    var isKeyNext: Bool {
        guard let last = open.last, last.kind == .mapping else { return false }
        return (pending.count - last.firstChild) % 2 == 0
    }

    /// Tells the innermost open collection of a complete child.
    private mutating func raiseHeight(_ height: Int) {
        guard let last = open.indices.last else { return }
        open[last].height = max(open[last].height, height)
    }

    private mutating func begin(_ event: UnsafeMutablePointer<yaml_event_t>) {
        var start = cursor.offset(of: Int(event.pointee.start_mark.index))
        let isMapping = event.pointee.type == YAML_MAPPING_START_EVENT
        let data = event.pointee.data
        let tagText = isMapping ? data.mapping_start.tag : data.sequence_start.tag
        let anchorText = isMapping ? data.mapping_start.anchor : data.sequence_start.anchor
        let isFlow =
            isMapping
            ? data.mapping_start.style == YAML_FLOW_MAPPING_STYLE
            : data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE
        if tagText != nil { tree.hasTags = true }
        if anchorText != nil { tree.references.append(start) }
        if tagText != nil || anchorText != nil { start = skipProperties(start, upTo: UInt32(bytes.count)) }
        let anchor = anchorText.map { String(cString: $0) }
        if let anchor {
            anchors[anchor] = Anchor(node: nil)
        }
        var tag = tagText.map { Tag(uri: UnsafeBufferPointer(start: $0, count: strlen($0))) } ?? .none
        if tag != .none {
            tag = fitted(
                tag, to: isMapping ? .mapping : .sequence, at: Span(start, min(start + 1, UInt32(bytes.count))))
        }
        open.append(
            Open(
                kind: isMapping ? .mapping : .sequence, style: isFlow ? .flow : .block,
                tag: tag, start: start, firstChild: pending.count, anchor: anchor, sizeBefore: expandedSize))
        expandedSize += 1
    }

    private mutating func end(at mark: Int) {
        guard let collection = open.popLast() else { return }
        let style = collection.style
        raiseHeight(collection.height + 1)
        // A block collection's own end mark lies at the next token: its last child's end is where it ends.
        var (start, end) = (collection.start, cursor.offset(of: mark))
        if style == .block {
            let isEmpty = pending.count == collection.firstChild
            end = isEmpty ? start : tree[pending[pending.count - 1]].span.end
            if !isEmpty, collection.kind == .mapping { start = tree[pending[collection.firstChild]].span.start }
        }
        let isComplete = collection.kind != .mapping || checkEntries(from: collection.firstChild)
        let edge = UInt32(tree.edges.count)
        tree.edges.append(contentsOf: pending[collection.firstChild...])
        let children = pending.count - collection.firstChild
        let id = tree.add(
            Node(
                kind: collection.kind, style: style, tag: isComplete ? collection.tag : .unreadable,
                span: Span(start, end), start: edge,
                count: UInt32(collection.kind == .mapping ? children / 2 : children),
                keys: collection.kind == .mapping ? tree.keys(among: Int(edge)..<tree.edges.count) : .unknown))
        pending.removeLast(children)
        pending.append(id)
        if let anchor = collection.anchor {
            anchors[anchor] = Anchor(
                node: id, expandedSize: expandedSize - collection.sizeBefore, height: collection.height + 1)
        }
        if open.isEmpty { tree.root = id }
    }
}
