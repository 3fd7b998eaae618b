import Diagnostics
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
            let name = manifest.tree.text(key)
            if name == "compose_version" { manifest.outputs.composeVersion = text(value) }
            if let kind = ArtifactKind.allCases.first(where: { $0.facts.key == name }) { decodeOutput(kind, value) }
        }
    }

    /// A name; `false` switches the artifact off and `true` leaves the default.
    private mutating func decodeOutput(_ kind: ArtifactKind, _ node: NodeID) {
        if let isOn = boolean(node) {
            if !isOn { manifest.outputs.set(kind, nil) }
        } else if let name = text(node) {
            manifest.outputs.set(kind, name)
        }
    }

    mutating func decodeLevels(_ node: NodeID) {
        let tree = manifest.tree
        manifest.levels = tree.entries(node).map { key, value in
            StatedLevel(
                rule: Spanned(tree.text(key), at: tree[key].span),
                level: Spanned(RuleLevel(word: tree.text(value)), at: tree[value].span))
        }
    }
}
