import YAMLSyntax

/// One item of `ports`, short (`"127.0.0.1:8080:80/udp"`) or long (`{ published: 8080, target: 80 }`), read once: its
/// parts as they are written.
package struct PortMapping: Sendable {
    package let item: NodeID
    /// The values of the long form; nil for the short one.
    package let long: Long?
    /// The host's address as it is written, with the brackets that the short form has.
    package let address: ArraySlice<UInt8>?
    /// The host's port or ports; empty or nil where the engine chooses.
    package let published: ArraySlice<UInt8>?
    package let container: ArraySlice<UInt8>
    package let transport: ArraySlice<UInt8>?

    /// The values of the long form.
    package struct Long: Sendable {
        package let target, published, address, transport: NodeID?
    }

    /// The symbols of `ports` and of the long form's keys.
    package struct Keys: Sendable {
        package let ports: Symbol
        fileprivate let target, published, address, transport: Symbol

        package init(_ symbols: inout SymbolTable) {
            ports = symbols.intern("ports")
            target = symbols.intern("target")
            published = symbols.intern("published")
            address = symbols.intern("host_ip")
            transport = symbols.intern("protocol")
        }
    }

    /// The ports of a service's body, in its order, without empty texts; each is read when it is asked for, since a
    /// million of them would take more memory than the manifest.
    package static func all(in body: NodeID, _ keys: Keys, of tree: Tree) -> some Sequence<PortMapping> {
        // A body that has none is no list itself.
        tree.items(tree.value(keys.ports, in: body) ?? body).lazy.compactMap { PortMapping($0, keys, of: tree) }
    }

    /// Nil for an empty text.
    package init?(_ item: NodeID, _ keys: Keys, of tree: borrowing Tree) {
        self.item = item
        if tree[item].kind == .scalar {
            let text = tree.bytes(item)
            guard !text.isEmpty else { return nil }
            let parts = tree.withBytes(item) { PortParts($0) }
            func slice(_ range: Range<Int>) -> ArraySlice<UInt8> {
                text[(text.startIndex + range.lowerBound)..<(text.startIndex + range.upperBound)]
            }
            long = nil
            address = parts.address.map(slice)
            published = parts.published.map(slice)
            container = slice(parts.container)
            transport = parts.transport.map(slice)
            return
        }
        let long = Long(
            target: tree.value(keys.target, in: item), published: tree.value(keys.published, in: item),
            address: tree.value(keys.address, in: item), transport: tree.value(keys.transport, in: item))
        self.long = long
        address = long.address.map { tree.bytes($0) }
        published = long.published.map { tree.bytes($0) }
        container = long.target.map { tree.bytes($0) } ?? []
        transport = long.transport.map { tree.bytes($0) }
    }

    /// Whether the host publishes it on a port that is stated.
    package var isPublished: Bool { published.map { !$0.isEmpty } ?? false }

    /// What the host publishes it on, as a person would write it: `127.0.0.1:8080`, `[::1]:8080`.
    package var hostText: String {
        let published = String(decoding: published ?? [], as: UTF8.self)
        guard let address, !address.isEmpty || long == nil else { return published }
        return String(decoding: Self.bracketed(address), as: UTF8.self) + ":" + published
    }

    /// What the container listens on: `80`, `53/udp`.
    package var containerText: String {
        let port = String(decoding: container, as: UTF8.self)
        return transport.map { port + "/" + String(decoding: $0, as: UTF8.self) } ?? port
    }

    /// An address as it stands before a colon: an IPv6 address in brackets.
    static func bracketed(_ address: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let isBare = address.contains(UInt8(ascii: ":")) && address.first != UInt8(ascii: "[")
        return isBare && !address.contains(UInt8(ascii: "$"))
            ? ([UInt8(ascii: "[")] + address + [UInt8(ascii: "]")])[...] : address
    }

    /// Whether a variable makes the host's port; in the short form, any part of the text.
    package func holdsVariable(in tree: borrowing Tree) -> Bool {
        long == nil ? tree.holdsInterpolation(item) : long?.published.map { tree.holdsInterpolation($0) } ?? false
    }

    /// The numbers of an item while no variable is set, and whether a variable makes the host's port; nil where the engine
    /// chooses it, or where they cannot be told.
    ///
    /// A text without variables is parsed at once: the parts of a million of them would be taken apart twice.
    package static func numbers(
        of item: NodeID, _ keys: Keys, _ tree: borrowing Tree
    ) -> (numbers: PortNumbers, isByDefault: Bool)? {
        if tree[item].kind == .scalar, !tree.holdsInterpolation(item) {
            return (try? tree.withBytes(item) { PortNumbers.parse($0) }.get()).map { ($0, false) }
        }
        guard let port = PortMapping(item, keys, of: tree), let numbers = port.numbers(in: tree) else { return nil }
        return (numbers, port.holdsVariable(in: tree))
    }

    private func numbers(in tree: borrowing Tree) -> PortNumbers? {
        guard let long else {
            guard var text = tree.settledText(item) else { return nil }
            return try? text.withUTF8 { PortNumbers.parse($0) }.get()
        }
        // Empty for what is not stated; nil for what cannot be told.
        func text(_ node: NodeID?) -> String? {
            guard let node, tree[node].kind == .scalar else { return "" }
            return tree.settledText(node)
        }
        guard var outside = text(long.published), let host = text(long.address), let name = text(long.transport),
            let published = outside.withUTF8({ PortNumbers.publishedRange($0) }),
            let transport = name.isEmpty ? .tcp : PortNumbers.Transport(rawValue: name.lowercased())
        else { return nil }
        let address = IPAddress(host.utf8)
        if address == nil, !host.isEmpty { return nil }
        let target = text(long.target).flatMap { Int($0) } ?? long.target.flatMap { tree.wholeNumber($0) } ?? 1
        return PortNumbers(address: address, published: published, container: target...target, transport: transport)
    }
}
