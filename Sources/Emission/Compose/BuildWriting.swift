import ComposeSpec
import Planning
import YAMLSyntax

extension YAMLWriter {
    /// Writes a `build` in its long form, with more labels and with other values for some contexts.
    ///
    /// - Parameters:
    ///   - labels: stand behind those that it states, and in the place of those of their name; nil where it keeps its own.
    ///   - contexts: the values of named contexts that are not written as they stand, by name.
    mutating func writeBuild(
        _ build: ComposeBuild, labels: [(String, String)]?, contexts: [String: String], of tree: Tree, indent: Int
    ) {
        var statedLabels: NodeID?
        if build.isShort {
            key("context", indent: indent)
            writeValue(build.node, of: tree, indent: indent)
        }
        for (key, value) in tree.entries(build.node) {
            switch tree.text(key) {
            case "labels" where labels != nil: statedLabels = value
            case "additional_contexts" where !contexts.isEmpty:
                self.key("additional_contexts", indent: indent)
                endLine()
                for named in build.contexts {
                    entry(named.name, contexts[named.name] ?? named.context.text, indent: indent + 2)
                }
            default: writeEntry(key, value, of: tree, indent: indent)
            }
        }
        guard let labels else { return }
        key("labels", indent: indent)
        endLine()
        if let statedLabels, tree[statedLabels].kind == .sequence {
            for item in tree.items(statedLabels) { self.item(tree.text(item), indent: indent + 2) }
            for (name, value) in labels { item(name + "=" + value, indent: indent + 2) }
            return
        }
        if let statedLabels {
            for (key, value) in tree.entries(statedLabels) where !labels.contains(where: { $0.0 == tree.text(key) }) {
                writeEntry(key, value, of: tree, indent: indent + 2)
            }
        }
        for (name, value) in labels { entry(name, value, indent: indent + 2) }
    }
}
