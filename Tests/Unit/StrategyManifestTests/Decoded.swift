import Diagnostics
import SourceText
import StrategyManifest
import Testing
import YAMLSyntax

/// A text as the decoder reads it, and a view of the result that can be compared.
struct Decoded {
    let manifest: Manifest
    let findings: [Diagnostic]

    static func tree(_ text: String) throws -> Tree {
        let (tree, faults) = Tree.read(SourceFile(path: "strategy.yaml", bytes: Array(text.utf8)), limits: Limits())
        #expect(faults.map(\.message) == [])
        return try #require(tree)
    }

    init(_ text: String) throws {
        let (manifest, findings) = ManifestDecoder.decode(try Self.tree(text))
        self.manifest = manifest
        self.findings = findings.items
    }

    /// The whole manifest without places, and what was found.
    var text: String {
        outline(manifest) + findings.map { "\n\($0.code.label) \($0.message)" }.joined()
    }

    /// What each type of the model holds, by type and property; of entries the first is looked at.
    var properties: [String: String] {
        let environment = manifest.environments.first
        let models: [Any?] = [
            manifest, manifest.naming, manifest.outputs, manifest.images.first, manifest.projects.first, environment,
            environment?.images.first, environment?.projects.first,
        ]
        var properties: [String: String] = [:]
        for model in models.compactMap(\.self) {
            for case (let label?, let value) in Mirror(reflecting: model).children {
                properties["\(type(of: model)).\(label)"] = outline(value)
            }
        }
        return properties
    }

    /// A value in words, without the places where it was written.
    private func outline(_ value: Any) -> String {
        switch value {
        case is Tree, is Span: return ""
        case let symbol as Symbol: return manifest.tree.text(symbol)
        case let node as NodeID: return yaml(node)
        default:
            let children = Mirror(reflecting: value).children
            if children.isEmpty { return "\(value)" }
            return "(" + children.map { ($0.label ?? "") + ":" + outline($0.value) }.joined(separator: ",") + ")"
        }
    }

    /// A node in YAML's flow style.
    private func yaml(_ node: NodeID) -> String {
        let tree = manifest.tree
        switch tree[node].kind {
        case .scalar: return tree.text(node)
        case .sequence: return "[" + tree.items(node).map(yaml).joined(separator: ",") + "]"
        case .mapping:
            return "{" + tree.entries(node).map { yaml($0.key) + ":" + yaml($0.value) }.joined(separator: ",") + "}"
        }
    }
}
