import SourceText

/// The index of a node in its tree.
///
/// An identity is only meaningful together with its tree; it is as cheap as an integer, so that a fragment that
/// several services share is one node with many parents.
public struct NodeID: Hashable, Sendable {
    @usableFromInline let index: UInt32
    @inlinable init(index: UInt32) { self.index = index }

    // Written out, because what the compiler makes is a call from other modules.
    @inlinable public static func == (one: NodeID, other: NodeID) -> Bool { one.index == other.index }
    @inlinable public func hash(into hasher: inout Hasher) { hasher.combine(index) }
}

/// One value of a YAML document: 28 bytes in one array, no reference.
public struct Node: Sendable {
    public enum Kind: UInt8, Sendable {
        case scalar, sequence, mapping
    }

    /// How the author wrote the value.
    public enum Style: UInt8, Sendable {
        case plain, singleQuoted, doubleQuoted, literal, folded
        case block, flow
    }

    public let kind: Kind
    public let style: Style
    public var tag: Tag
    /// Whether a scalar's text lies in the tree's `decoded` bytes instead of in the source.
    @usableFromInline let isDecoded: Bool
    /// Where the value stands, without tag and anchor; for an alias, the alias itself.
    public var span: Span
    /// The first byte of a scalar's text, or the first edge of a collection.
    @usableFromInline let start: UInt32
    /// The bytes of a scalar's text, the items of a sequence, or the entries of a mapping.
    public let count: UInt32
    /// A scalar's symbol, or its hash while the mapping whose key it is is read (`TreeBuilder.internKeys`); a mapping's
    /// `KeyMask`.
    @usableFromInline var word: UInt32

    /// The interned text of a scalar that is a key; `Symbol.none` for every other node.
    @inlinable public var symbol: Symbol { kind == .scalar ? Symbol(index: word) : .none }

    init(
        kind: Kind, style: Style, tag: Tag, isDecoded: Bool = false, span: Span, start: UInt32, count: UInt32,
        symbol: Symbol = .none, keys: KeyMask = .unknown
    ) {
        self.kind = kind
        self.style = style
        self.tag = tag
        self.isDecoded = isDecoded
        self.span = span
        self.start = start
        self.count = count
        word = kind == .mapping ? keys.bits : symbol.index
    }
}

/// Which keys a mapping may have, in a bit for every 32nd symbol.
///
/// Most keys that are looked for are absent, and each key is a node of its own, somewhere in memory: a third to nine
/// tenths of the time a bit tells that none of them need be looked at.
@usableFromInline
struct KeyMask {
    private(set) var bits: UInt32 = 0

    /// Any key may be there.
    static var unknown: KeyMask { KeyMask(bits: .max) }

    mutating func insert(_ key: Symbol) { bits |= 1 << (key.index & 31) }

    @inlinable
    static func mayHold(_ key: Symbol, _ bits: UInt32) -> Bool { bits >> (key.index & 31) & 1 == 1 }
}

/// The explicit tags that mean something to Compose or to Bayplan; every other one is `other`.
public enum Tag: UInt8, Sendable {
    case none
    case string, integer, float, boolean, null, timestamp, binary, sequence, mapping, merge
    /// `!reset`: the key is removed from what weaker layers gave (Compose Specification, "Merge").
    case reset
    /// `!override`: the value replaces what weaker layers gave (Compose Specification, "Merge").
    case override
    case other
    /// No tag of YAML: the value, or a merge key in it, is an alias that could not be followed, which has been told.
    case unreadable

    init(uri: UnsafeBufferPointer<UInt8>) {
        let text = String(decoding: uri, as: UTF8.self)
        self =
            switch text {
            // The non-specific tag changes nothing for go-yaml v3: `! 12` is a number to Compose.
            case "!": .none
            case "tag:yaml.org,2002:str": .string
            case "tag:yaml.org,2002:int": .integer
            case "tag:yaml.org,2002:float": .float
            case "tag:yaml.org,2002:bool": .boolean
            case "tag:yaml.org,2002:null": .null
            case "tag:yaml.org,2002:timestamp": .timestamp
            case "tag:yaml.org,2002:binary": .binary
            case "tag:yaml.org,2002:seq": .sequence
            case "tag:yaml.org,2002:map": .mapping
            case "tag:yaml.org,2002:merge": .merge
            case "!reset": .reset
            case "!override": .override
            default: .other
            }
    }
}
