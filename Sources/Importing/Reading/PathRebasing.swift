import ComposeSpec
import SourceText
import YAMLSyntax

/// Relative paths of an included or extended file, written anew for the project's own folder.
extension ProjectReading {
    /// A document whose paths start from another folder.
    mutating func rebased(_ document: ComposeDocument, from: FilePath, to folder: FilePath) -> ComposeDocument {
        if from == folder { return document }
        let prefix = Paths.relative(from: folder, to: from)
        var result = document
        for index in result.services.indices {
            result.services[index].body = rebasedService(result.services[index].body, from: from, to: folder)
        }
        for section in result.sections.indices {
            let name = tree.text(result.sections[section].key)
            for index in result.sections[section].entries.indices {
                let value = result.sections[section].entries[index].value
                switch name {
                case "configs", "secrets":
                    result.sections[section].entries[index].value = changing("file", of: value) {
                        $0.movedPath($1, by: prefix)
                    }
                case "volumes":
                    result.sections[section].entries[index].value = changing("driver_opts", of: value) {
                        reading, node in
                        reading.changing("device", of: node) { $0.movedDotPath($1, by: prefix) }
                    }
                default: break
                }
            }
        }
        return result
    }

    /// A service whose paths start from another folder (compose-go, `paths`).
    mutating func rebasedService(_ body: NodeID, from: FilePath, to folder: FilePath) -> NodeID {
        if from == folder { return body }
        let prefix = Paths.relative(from: folder, to: from)
        var result = body
        result = changing("build", of: result) { $0.rebasedBuild($1, by: prefix) }
        for key in ["env_file", "label_file"] {
            result = changing(key, of: result) { reading, node in
                reading.eachItem(node) { reading, item in
                    reading.tree[item].kind == .mapping
                        ? reading.changing("path", of: item) { $0.movedPath($1, by: prefix) }
                        : reading.movedPath(item, by: prefix)
                }
            }
        }
        result = changing("volumes", of: result) { reading, node in
            reading.eachItem(node) { $0.rebasedMount($1, by: prefix) }
        }
        return changing("develop", of: result) { reading, node in
            reading.changing("watch", of: node) { reading, list in
                reading.eachItem(list) { reading, item in
                    reading.changing("path", of: item) { $0.movedPath($1, by: prefix) }
                }
            }
        }
    }

    mutating func rebasedBuild(_ build: NodeID, by prefix: String) -> NodeID {
        guard tree[build].kind == .mapping else { return movedContext(build, by: prefix) }
        var result = changing("context", of: build) { $0.movedContext($1, by: prefix) }
        if tree.value("context", in: build) == nil {
            let span = tree[build].span
            let context = (tree.addKey("context", at: span), tree.addScalar(prefix.utf8, at: span))
            result = tree.addMapping([context] + Array(tree.entries(build)), at: span)
        }
        return changing("additional_contexts", of: result) { reading, contexts in
            if reading.tree[contexts].kind == .mapping {
                var entries = Array(reading.tree.entries(contexts))
                for index in entries.indices {
                    entries[index].value = reading.movedContext(entries[index].value, by: prefix)
                }
                return reading.tree.addMapping(entries, at: reading.tree[contexts].span)
            }
            return reading.eachItem(contexts) { reading, item in
                let text = reading.tree.text(item)
                guard let equals = text.firstIndex(of: "=") else { return item }
                let context = BuildContext(String(text[text.index(after: equals)...]))
                guard Self.isMovable(context) else { return item }
                let moved = Paths.rebased(context.text, by: prefix)
                return reading.tree.addString(text[...equals] + moved, at: reading.tree[item].span)
            }
        }
    }

    private mutating func rebasedMount(_ mount: NodeID, by prefix: String) -> NodeID {
        if tree[mount].kind == .mapping {
            guard let type = tree.value("type", in: mount), tree.text(type) == "bind" else { return mount }
            return changing("source", of: mount) { $0.movedPath($1, by: prefix) }
        }
        let text = tree.text(mount)
        guard text.hasPrefix("."), let colon = text.firstIndex(of: ":") else { return mount }
        return tree.addString(Paths.rebased(String(text[..<colon]), by: prefix) + text[colon...], at: tree[mount].span)
    }

    // MARK: Texts

    /// Whether a text is a path that is relative.
    private static func isMovable(_ text: String) -> Bool { text.utf8.first.map { !"/~$".utf8.contains($0) } ?? false }

    private static func isMovable(_ context: BuildContext) -> Bool { context.kind == .folder && !context.text.isEmpty }

    mutating func movedPath(_ node: NodeID, by prefix: String) -> NodeID {
        let text = tree.text(node)
        reportVariable(text, tree[node].span)
        guard tree[node].kind == .scalar, Self.isMovable(text) else { return node }
        return tree.addScalar(Paths.rebased(text, by: prefix).utf8, at: tree[node].span)
    }

    private mutating func movedContext(_ node: NodeID, by prefix: String) -> NodeID {
        let context = BuildContext(tree.text(node))
        reportVariable(context.text, tree[node].span)
        guard tree[node].kind == .scalar, Self.isMovable(context) else { return node }
        return tree.addScalar(Paths.rebased(context.text, by: prefix).utf8, at: tree[node].span)
    }

    private mutating func reportVariable(_ text: String, _ span: Span) {
        guard text.hasPrefix("$") else { return }
        findings.notCarried(
            "the folder that this path starts from", at: span, "the path depends on a variable",
            why: "an included or extended file's paths start from that file's own folder",
            help: ["the path now starts from the project's folder; correct the variable"])
    }

    mutating func movedDotPath(_ node: NodeID, by prefix: String) -> NodeID {
        tree.text(node).hasPrefix(".") ? movedPath(node, by: prefix) : node
    }

    // MARK: Nodes

    /// A mapping in which the value of one key is another.
    mutating func changing(
        _ key: String, of node: NodeID, _ change: (inout ProjectReading, NodeID) -> NodeID
    ) -> NodeID {
        guard let value = tree.value(key, in: node) else { return node }
        let changed = change(&self, value)
        if changed == value { return node }
        var entries = Array(tree.entries(node))
        for index in entries.indices where entries[index].value == value { entries[index].value = changed }
        return tree.addMapping(entries, style: tree[node].style, at: tree[node].span)
    }

    /// A sequence with every item changed, or a scalar that stands for a sequence of one.
    mutating func eachItem(_ node: NodeID, _ change: (inout ProjectReading, NodeID) -> NodeID) -> NodeID {
        guard tree[node].kind == .sequence else { return change(&self, node) }
        var items: [NodeID] = []
        for item in Array(tree.items(node)) { items.append(change(&self, item)) }
        if items.elementsEqual(tree.items(node)) { return node }
        return tree.addSequence(items, style: tree[node].style, at: tree[node].span)
    }
}
