import YAMLSyntax

/// One item of a service's `volumes`, short (`data:/var/lib:ro`) or long (`{ type: image, source: …, target: … }`), read
/// once.
package struct ServiceMount: Sendable {
    package enum Kind: Sendable {
        /// A named volume, or one without a name.
        case volume
        /// A folder or a file of the host.
        case bind
        /// What an image holds.
        case image
        /// Memory, a pipe or a cluster volume.
        case other
    }

    /// The symbols of the long form's keys.
    package struct Keys: Sendable {
        fileprivate let type, source, target, readOnly: Symbol

        package init(_ symbols: inout SymbolTable) {
            type = symbols.intern("type")
            source = symbols.intern("source")
            target = symbols.intern("target")
            readOnly = symbols.intern("read_only")
        }
    }

    package let item: NodeID
    package let kind: Kind
    /// The scalar that names what is mounted, and which of its bytes do; nil for a volume without a name.
    package let source: (node: NodeID, range: Range<Int>)?
    /// The path in the container as it is written; empty where it is missing.
    package let target: ArraySlice<UInt8>
    package let isReadOnly: Bool

    /// Nil for a text that is no mount.
    package init?(_ item: NodeID, _ keys: Keys, of tree: borrowing Tree) {
        self.item = item
        guard tree[item].kind == .mapping else {
            guard case .success(let mount) = tree.withBytes(item, { ShortMount.parse($0) }) else { return nil }
            kind = mount.isBind ? .bind : .volume
            source = mount.source.map { (item, $0) }
            target = tree.bytes(item).dropFirst(mount.target.lowerBound).prefix(mount.target.count)
            isReadOnly = mount.isReadOnly
            return
        }
        kind = tree.value(keys.type, in: item).map { Self.kind(tree.bytes($0)) } ?? .other
        source = tree.value(keys.source, in: item).flatMap { node in
            tree[node].kind == .scalar && tree[node].count > 0 ? (node, 0..<Int(tree[node].count)) : nil
        }
        target = tree.value(keys.target, in: item).map { tree.bytes($0) } ?? []
        isReadOnly = tree.value(keys.readOnly, in: item).map { tree.text($0) == "true" } ?? false
    }

    private static func kind(_ type: ArraySlice<UInt8>) -> Kind {
        if type.elementsEqual("volume".utf8) { return .volume }
        if type.elementsEqual("bind".utf8) { return .bind }
        return type.elementsEqual("image".utf8) ? .image : .other
    }
}
