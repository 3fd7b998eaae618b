import ComposeSpec
import Planning
import YAMLSyntax

extension YAMLWriter {
    /// Writes a `build` in its long form, with more labels and with other named contexts.
    ///
    /// - Parameters:
    ///   - labels: stand behind those that it states, and in the place of those of their name; nil where it keeps its own.
    ///   - contexts: stand in the place of those that it states; nil where it keeps its own.
    ///   - cache: where the layers are kept that it reads after those that it states; nil for none.
    mutating func writeBuild(
        _ build: ComposeBuild, labels: [(String, String)]?, contexts: [(name: String, value: String)]?, of tree: Tree,
        cache: String?, indent: Int
    ) {
        var (contexts, cache) = (contexts, cache.map { CacheEntry.reading($0) })
        var statedLabels: NodeID?
        if build.isShort {
            key("context", indent: indent)
            writeValue(build.node, of: tree, indent: indent)
        }
        for (key, value) in tree.entries(build.node) {
            switch tree.text(key) {
            case "labels" where labels != nil: statedLabels = value
            case "additional_contexts" where contexts != nil:
                writeContexts(contexts ?? [], indent: indent)
                contexts = nil
            case "cache_from" where cache != nil:
                writeCaches(value, cache ?? "", of: tree, indent: indent)
                cache = nil
            default: writeEntry(key, value, of: tree, indent: indent)
            }
        }
        if let contexts { writeContexts(contexts, indent: indent) }
        if let cache { writeCaches(nil, cache, of: tree, indent: indent) }
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

    private mutating func writeCaches(_ stated: NodeID?, _ cache: String, of tree: Tree, indent: Int) {
        key("cache_from", indent: indent)
        endLine()
        let texts = stated.map { tree.items($0).map { tree.text($0) } } ?? []
        for text in texts where text != cache { item(text, indent: indent + 2) }
        item(cache, indent: indent + 2)
    }

    /// Compose puts no variables into the keys of a mapping, but into the items of a list.
    private mutating func writeContexts(_ contexts: [(name: String, value: String)], indent: Int) {
        key("additional_contexts", indent: indent)
        endLine()
        let hasVariables = contexts.contains { $0.name.utf8.contains(UInt8(ascii: "$")) }
        for (name, value) in contexts {
            if hasVariables {
                item(name + "=" + value, indent: indent + 2)
            } else {
                entry(name, value, indent: indent + 2)
            }
        }
    }
}
