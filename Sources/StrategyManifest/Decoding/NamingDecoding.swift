import SourceText
import YAMLSyntax

extension ManifestDecoder {
    mutating func decodeNaming(_ node: NodeID) {
        for (key, value) in manifest.tree.entries(node) {
            switch manifest.tree.text(key) {
            case "image": manifest.naming.image = pattern(value)
            case "service": manifest.naming.service = pattern(value)
            case "project": manifest.naming.project = pattern(value)
            case "container": manifest.naming.container = template(value)
            case "tag": manifest.naming.tag = text(value) ?? manifest.naming.tag
            case "generic": manifest.naming.isGeneric = boolean(value) ?? manifest.naming.isGeneric
            default: break
            }
        }
        if let key = misspelling(of: "container", in: node) { manifest.naming.container = unknownTemplate(key) }
    }

    /// The value of a YAML 1.2 boolean.
    func boolean(_ node: NodeID) -> Bool? {
        guard manifest.tree[node].kind == .scalar, manifest.tree.scalarType(node) == .boolean else { return nil }
        return ["true", "True", "TRUE"].contains(manifest.tree.text(node))
    }

    mutating func decodeOutputs(_ node: NodeID) {
        for (key, value) in manifest.tree.entries(node) {
            switch manifest.tree.text(key) {
            case "compose": manifest.outputs.compose = output(value, manifest.outputs.compose)
            case "scripts": manifest.outputs.scripts = output(value, manifest.outputs.scripts)
            case "bake": manifest.outputs.bake = output(value, manifest.outputs.bake)
            case "document": manifest.outputs.document = output(value, manifest.outputs.document)
            case "compose_version": manifest.outputs.composeVersion = text(value)
            default: break
            }
        }
    }

    /// A name; `false` switches the artifact off and `true` leaves the default.
    private func output(_ node: NodeID, _ standard: Spanned<String>?) -> Spanned<String>? {
        if let isOn = boolean(node) { return isOn ? standard : nil }
        return text(node) ?? standard
    }
}
