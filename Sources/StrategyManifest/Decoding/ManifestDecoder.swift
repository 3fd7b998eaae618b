import ComposeSpec
import Diagnostics
import SourceText
import YAMLSyntax

/// Turns the tree of a document into the typed manifest.
///
/// The structural check against `ManifestShape` reports wrong types, unknown and missing keys; the decoder takes what
/// is well formed and passes silently over what is not, so that every fault is told once and the rest of the manifest
/// is still checked. Beyond structure it reports what only it can see: bad templates, patterns and versions, and images
/// that are neither built nor pulled.
package struct ManifestDecoder {
    package internal(set) var manifest: Manifest
    package internal(set) var diagnostics = DiagnosticList()

    /// Decodes a document.
    ///
    /// - Returns: the manifest as far as it could be read, and what is wrong with it.
    package static func decode(_ tree: consuming Tree) -> (manifest: Manifest, diagnostics: DiagnosticList) {
        var decoder = ManifestDecoder(manifest: Manifest(tree: tree))
        decoder.decodeRoot()
        let diagnostics = decoder.diagnostics
        return (decoder.manifest, diagnostics)
    }

    private init(manifest: consuming Manifest) { self.manifest = manifest }

    private mutating func decodeRoot() {
        let root = manifest.tree.root
        let tree = manifest.tree
        if let version = tree.value("version", in: root) { checkVersion(version) }
        manifest.name = text(tree.value("name", in: root))
        if let naming = tree.value("naming", in: root) { decodeNaming(naming) }
        if let images = tree.value("images", in: root) { decodeImages(images) }
        if let projects = tree.value("projects", in: root) { decodeProjects(projects) }
        manifest.hasAllImages = tree.value("images", in: root).map { tree[$0].kind == .mapping } ?? false
        manifest.hasAllProjects = tree.value("projects", in: root).map { tree[$0].kind == .mapping } ?? false
        manifest.defaultService = tree.value("defaults", in: root).flatMap { fragment("service", in: $0) }
        if let environments = tree.value("environments", in: root) { decodeEnvironments(environments) }
        if let outputs = tree.value("outputs", in: root) { decodeOutputs(outputs) }
        if let rules = tree.value("rules", in: root) { decodeLevels(rules) }
    }

    private mutating func checkVersion(_ node: NodeID) {
        let tree = manifest.tree
        guard tree[node].kind == .scalar, tree.text(node) != "1" else { return }
        report(
            .unsupportedVersion, "this manifest is written in version `\(tree.text(node))` of the language", node,
            "this Bayplan reads version 1", help: ["write `version: 1`, or use a newer Bayplan"])
    }

    // MARK: What every part needs

    /// The text of a scalar that is not null, with its place.
    func text(_ node: NodeID?) -> Spanned<String>? {
        guard let node, manifest.tree[node].kind == .scalar, !manifest.tree.isNull(node) else { return nil }
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

    /// The value of a key that holds a Compose fragment, if it is a mapping.
    func fragment(_ key: String, in node: NodeID) -> NodeID? {
        guard let value = manifest.tree.value(key, in: node), manifest.tree[value].kind == .mapping else { return nil }
        return value
    }

    /// The key of a mapping that is most likely a misspelt other one.
    func misspelling(of key: String, in node: NodeID) -> NodeID? {
        guard manifest.tree.value(key, in: node) == nil else { return nil }
        // Among so many keys a near one says nothing, and looking costs more than all else.
        return manifest.tree.entries(node).prefix(1000).first {
            isNear(manifest.tree.text($0.key), to: key)
        }?.key
    }

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
