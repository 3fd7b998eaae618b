import ComposeSpec
import Diagnostics
import Resolution
import SourceText
import YAMLSyntax

/// A network, volume, configuration or secret that is named by its user.
package struct ResourceUse {
    /// The name as a symbol; nil when nothing in the manifest has this name.
    package let symbol: Symbol?
    package let name: String
    package let span: Span
    /// Whether an interpolation hides the name.
    package let isUnknown: Bool

    /// The use that some bytes of a scalar name.
    package init(_ node: NodeID, in range: Range<Int>? = nil, _ tree: borrowing Tree) {
        let range = range ?? 0..<Int(tree[node].kind == .scalar ? tree[node].count : 0)
        isUnknown = tree.holdsInterpolation(node) || tree[node].kind != .scalar
        symbol = tree.withBytes(node) { tree.symbols.find(UnsafeBufferPointer(rebasing: $0[range])) }
        name = tree.withBytes(node) { String(decoding: $0[range], as: UTF8.self) }
        span = tree.span(of: range, in: node)
    }

    /// A use that does not say of what.
    package init(lackingIn node: NodeID, _ tree: borrowing Tree) {
        (symbol, name, span, isUnknown) = (nil, "", tree[node].span, false)
    }
}

/// A mount of a named volume.
package struct VolumeUse {
    package let resource: ResourceUse
    package let isReadOnly: Bool

    /// Nil for a folder of the host, an anonymous volume or another kind of mount.
    package init?(_ item: NodeID, _ keys: ServiceMount.Keys, _ tree: borrowing Tree) {
        guard let mount = ServiceMount(item, keys, of: tree), mount.kind == .volume, let source = mount.source else {
            return nil
        }
        resource = ResourceUse(source.node, in: source.range, tree)
        isReadOnly = mount.isReadOnly
    }
}
