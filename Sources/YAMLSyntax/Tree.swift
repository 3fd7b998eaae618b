import SourceText

/// A YAML document as values in one arena, each with the place it was written at.
///
/// This module turns bytes into this tree and values back into YAML. It knows YAML and its traps: anchors, merge keys,
/// duplicate keys, limits, which plain scalars other readers take for something else. What a key means to a manifest
/// or to Compose does not belong here, and no type of libyaml leaves it.
///
/// Aliases and merge keys are resolved while the tree is built: a consumer sees neither. An aliased collection is the
/// same edges reached from several parents, so the tree is a graph without cycles; walking it expanded is bounded by
/// the limits that the reader enforces. Merging makes new nodes in the same arena and shares what did not change.
public struct Tree: Sendable {
    public internal(set) var source: SourceFile
    package internal(set) var root: NodeID
    /// Whether any value was written with a tag.
    package internal(set) var hasTags = false
    /// Where anchors and aliases stand.
    var references: [UInt32] = []
    var incremental = IncrementalState()
    package var symbols: SymbolTable
    @usableFromInline var nodes: [Node]
    /// The children of collections: items, or keys and values alternately.
    @usableFromInline var edges: [NodeID]
    /// The texts that do not stand in the source byte for byte: escapes, folded lines, generated values.
    @usableFromInline var decoded: [UInt8]

    init(source: SourceFile) {
        self.source = source
        self.symbols = SymbolTable()
        self.nodes = []
        self.edges = []
        self.decoded = []
        self.root = NodeID(index: 0)
    }

    @inlinable
    public subscript(id: NodeID) -> Node { nodes[Int(id.index)] }

    /// The number of nodes, generated ones included.
    package var nodeCount: Int { nodes.count }

    // MARK: Scalars

    /// The text of a scalar as YAML presents it, as bytes; empty for a collection.
    @inlinable
    public func bytes(_ id: NodeID) -> ArraySlice<UInt8> {
        let node = nodes[Int(id.index)]
        guard node.kind == .scalar else { return [] }
        let range = Int(node.start)..<Int(node.start + node.count)
        return node.isDecoded ? decoded[range] : source.bytes[range]
    }

    /// Calls a closure with the text of a scalar without copying it.
    @inlinable
    public func withBytes<Result>(_ id: NodeID, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        let node = nodes[Int(id.index)]
        let range = node.kind == .scalar ? Int(node.start)..<Int(node.start + node.count) : 0..<0
        if node.isDecoded {
            return decoded.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[range])) }
        }
        return source.bytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[range])) }
    }

    /// The text of a scalar; the empty string for a collection.
    package func text(_ id: NodeID) -> String { String(decoding: bytes(id), as: UTF8.self) }

    /// The place of some bytes of a scalar's text, or of the whole scalar when it is not written byte for byte.
    package func span(of range: Range<Int>, in id: NodeID) -> Span {
        let node = self[id]
        guard !node.isDecoded, node.kind == .scalar, range.upperBound <= Int(node.count) else { return node.span }
        return Span(node.start + UInt32(range.lowerBound), node.start + UInt32(range.upperBound))
    }

    /// The text of a symbol.
    package func text(_ symbol: Symbol) -> String { symbols.text(symbol) }

    /// The places of all scalars, in no order; generated ones have the place that they were made for.
    package var scalarSpans: [Span] { nodes.lazy.filter { $0.kind == .scalar && $0.span.count > 0 }.map(\.span) }

    // MARK: Collections

    /// The items of a sequence; nothing for any other node.
    @inlinable
    public func items(_ id: NodeID) -> ArraySlice<NodeID> {
        let node = nodes[Int(id.index)]
        guard node.kind == .sequence else { return [] }
        return edges[Int(node.start)..<Int(node.start + node.count)]
    }

    /// The entries of a mapping in their order; nothing for any other node.
    @inlinable
    public func entries(_ id: NodeID) -> Entries {
        let node = nodes[Int(id.index)]
        guard node.kind == .mapping else { return Entries(edges: []) }
        return Entries(edges: edges[Int(node.start)..<Int(node.start + node.count * 2)])
    }

    /// The value under a key of a mapping, if it is there; linear in the number of entries.
    @inlinable
    public func value(_ key: Symbol, in id: NodeID) -> NodeID? {
        let node = nodes[Int(id.index)]
        guard node.kind == .mapping, KeyMask.mayHold(key, node.word) else { return nil }
        for entry in entries(id) where nodes[Int(entry.key.index)].word == key.index { return entry.value }
        return nil
    }

    /// The value under a key of a mapping, by the key's text.
    package func value(_ key: String, in id: NodeID) -> NodeID? {
        guard let symbol = symbols.find(key) else { return nil }
        return value(symbol, in: id)
    }

    /// The place of a node in the source.
    package func location(_ id: NodeID) -> Location { Location(source, self[id].span) }
    package func location(_ span: Span) -> Location { Location(source, span) }
}

/// The entries of a mapping: key and value, in order.
public struct Entries: RandomAccessCollection, Sendable {
    public typealias Element = (key: NodeID, value: NodeID)
    @usableFromInline let edges: ArraySlice<NodeID>

    @inlinable
    init(edges: ArraySlice<NodeID>) { self.edges = edges }

    @inlinable public var startIndex: Int { 0 }
    @inlinable public var endIndex: Int { edges.count / 2 }
    @inlinable
    public subscript(position: Int) -> Element {
        let base = edges.startIndex + position * 2
        return (edges[base], edges[base + 1])
    }

    /// An iterator of its own: the standard one is not specialised beyond this module.
    public struct Iterator: IteratorProtocol {
        @usableFromInline let edges: ArraySlice<NodeID>
        @usableFromInline var position: Int

        @inlinable
        init(_ edges: ArraySlice<NodeID>) {
            self.edges = edges
            position = edges.startIndex
        }

        @inlinable
        public mutating func next() -> Element? {
            guard position < edges.endIndex else { return nil }
            defer { position += 2 }
            return (edges[position], edges[position + 1])
        }
    }

    @inlinable
    public func makeIterator() -> Iterator { Iterator(edges) }
}
