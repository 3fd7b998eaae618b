import Diagnostics
import SourceText
import StrategyManifest
import YAMLSyntax

/// The outline: images, projects with their services, environments.
enum DocumentSymbols {
    /// Kinds of the protocol's `SymbolKind`.
    private enum Kind: Int { case module = 2, package = 4, class_ = 5, function = 12, object = 19 }

    static func all(_ document: Document, _ manifest: Manifest) -> [JSONValue] {
        let tree = manifest.tree
        let kinds: [(section: String, kind: Kind)] = [
            ("images", .class_), ("projects", .module), ("environments", .package),
        ]
        return tree.entries(tree.root).compactMap { key, value in
            let name = tree.text(key)
            guard let kind = kinds.first(where: { $0.section == name })?.kind else { return nil }
            let children = tree.entries(value).map { key, value in
                let services = kind == .module ? tree.value("services", in: value) : nil
                return symbol(
                    key, value, kind, document, tree,
                    services.map { tree.entries($0).map { symbol($0.key, $0.value, .function, document, tree, []) } }
                        ?? [])
            }
            return symbol(key, value, .object, document, tree, children)
        }
    }

    private static func symbol(
        _ key: NodeID, _ value: NodeID, _ kind: Kind, _ document: Document, _ tree: Tree, _ children: [JSONValue]
    ) -> JSONValue {
        let name = tree[key].span
        // An entry that a merge key brought has its value somewhere else.
        let end = tree[value].span.start >= name.end ? tree[value].span.end : name.end
        return [
            "name": .string(tree.text(key).isEmpty ? "(empty)" : visible(tree.text(key))),
            "kind": .integer(kind.rawValue),
            "range": document.range(Span(name.start, end)), "selectionRange": document.range(name),
            "children": .array(children),
        ]
    }
}
