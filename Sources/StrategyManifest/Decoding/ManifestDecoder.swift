import ComposeSpec
import Diagnostics
import SourceText
import YAMLSyntax

/// Turns the tree of a document into the typed manifest.
///
/// Each key is taken in by its declaration in `Keys/`. The structural check against the same declarations reports wrong types, unknown and missing keys; the decoder takes what
/// is well formed and passes silently over what is not, so that every fault is told once and the rest of the manifest
/// is still checked. Beyond structure it reports what only it can see: bad templates, patterns and versions, and images
/// that are neither built nor pulled.
package struct ManifestDecoder {
    package internal(set) var manifest: Manifest
    package internal(set) var diagnostics = DiagnosticList()
    /// What the image that is being decoded says.
    var image = StatedImage()

    /// Decodes a document.
    ///
    /// - Returns: the manifest as far as it could be read, and what is wrong with it.
    package static func decode(_ tree: consuming Tree) -> (manifest: Manifest, diagnostics: DiagnosticList) {
        var decoder = ManifestDecoder(manifest: Manifest(tree: tree))
        decoder.decode(.root, decoder.manifest.tree.root)
        let diagnostics = decoder.diagnostics
        return (decoder.manifest, diagnostics)
    }

    private init(manifest: consuming Manifest) { self.manifest = manifest }

    // MARK: What every part needs

    /// The text of a scalar that is not null, with its place.
    func text(_ node: NodeID) -> Spanned<String>? {
        guard manifest.tree[node].kind == .scalar, !manifest.tree.isNull(node) else { return nil }
        return Spanned(manifest.tree.text(node), at: manifest.tree[node].span)
    }

    /// A value that names something.
    mutating func name(_ node: NodeID) -> Name? {
        guard manifest.tree[node].kind == .scalar, !manifest.tree.isNull(node) else { return nil }
        let symbol = manifest.tree.internText(of: node)
        return Name(symbol, at: manifest.tree[node].span)
    }

    /// A key that names something.
    func keyName(_ key: NodeID) -> Name {
        Name(manifest.tree[key].symbol, at: manifest.tree[key].span)
    }

    /// The value of a YAML 1.2 boolean.
    func boolean(_ node: NodeID) -> Bool? {
        guard manifest.tree[node].kind == .scalar, manifest.tree.scalarType(node) == .boolean else { return nil }
        return ["true", "True", "TRUE"].contains(manifest.tree.text(node))
    }

    /// A Compose fragment, if it is a mapping.
    func fragment(_ node: NodeID) -> NodeID? { manifest.tree[node].kind == .mapping ? node : nil }

    /// The key of a mapping that is most likely a misspelt other one.
    func misspelling(of key: String, in node: NodeID) -> NodeID? { manifest.misspelling(of: key, in: node) }

    /// What stands for a template that could not be read.
    func unknownTemplate(_ node: NodeID) -> Template {
        Template(parts: [], at: manifest.tree[node].span, isKnown: false)
    }

    /// Whether a key is a place for anchors and extensions.
    func isExtension(_ key: NodeID) -> Bool {
        manifest.tree.withBytes(key) { $0.count >= 2 && $0[0] == UInt8(ascii: "x") && $0[1] == UInt8(ascii: "-") }
    }

    mutating func report(
        _ code: Code, _ message: String, _ node: NodeID, _ label: String, why: String? = nil, help: [String] = []
    ) {
        report(code, message, manifest.tree[node].span, label, why: why, help: help)
    }

    mutating func report(
        _ code: Code, _ message: String, _ span: Span, _ label: String, also: [Diagnostic.Label] = [],
        why: String? = nil, help: [String] = [], fix: Fix? = nil
    ) {
        diagnostics.report(
            Diagnostic(
                code, message, at: .init(manifest.location(span), label), also: also, why: why, help: help, fix: fix))
    }
}

extension Manifest {
    /// The key of a mapping that is most likely a misspelt other one.
    package func misspelling(of key: String, in node: NodeID) -> NodeID? {
        guard tree.value(key, in: node) == nil else { return nil }
        // Among so many keys a near one says nothing, and looking costs more than all else.
        return tree.entries(node).prefix(1000).first { isNear(tree.text($0.key), to: key) }?.key
    }
}
