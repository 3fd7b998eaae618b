import SourceText
import YAMLSyntax

extension JSONText {
    /// The value of a YAML text; nil for a text that cannot be read, or that holds nothing or a fraction, which no example
    /// does.
    init?(yaml text: String) {
        guard let tree = Tree.read(SourceFile(path: "", bytes: Array(text.utf8))).tree,
            let value = JSONText(tree, tree.root)
        else { return nil }
        self = value
    }

    private init?(_ tree: Tree, _ node: NodeID) {
        switch tree[node].kind {
        case .mapping:
            var members: [(name: String, value: JSONText)] = []
            for entry in tree.entries(node) {
                guard let value = JSONText(tree, entry.value) else { return nil }
                members.append((tree.text(entry.key), value))
            }
            self = .object(members)
        case .sequence:
            var items: [JSONText] = []
            for item in tree.items(node) {
                guard let value = JSONText(tree, item) else { return nil }
                items.append(value)
            }
            self = .array(items)
        case .scalar:
            switch tree.scalarType(node) {
            case .boolean: self = .boolean(tree.text(node).lowercased() == "true")
            case .integer:
                guard let number = Int(tree.text(node)) else { return nil }
                self = .integer(number)
            case .string, .timestamp: self = .string(tree.text(node))
            case .null, .float: return nil
            }
        }
    }
}
