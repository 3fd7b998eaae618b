import YAMLSyntax

/// What holds for all services of a manifest, and stands above them.
extension ManifestWriter {
    mutating func writeDefaults() {
        if draft.defaults.isEmpty { return }
        let own = draft.defaults.compactMap { entry in flow(entry).map { (entry: entry, text: $0) } }
        let length = own.reduce(0) { $0 + $1.text.utf8.count + 2 }
        if own.count == draft.defaults.count, own.count < 3, length <= 40 {
            if !shared.blocks.isEmpty { writer.blankLine() }
            writer.raw("defaults: { service: {")
            if draft.leavesNamesToCompose { writer.raw(" container_name: null,") }
            for (index, (entry, text)) in own.enumerated() {
                writer.raw(index > 0 ? ", " : " ")
                note(entry.key, entry.value)
                writer.raw(text)
            }
            writer.raw(draft.leavesNamesToCompose ? " } }  # Compose chooses names\n" : " } }\n")
            return
        }
        writer.blankLine()
        writer.raw("defaults:\n  service:\n")
        if draft.leavesNamesToCompose { writer.raw("    container_name: null  # Compose chooses\n") }
        write(draft.defaults, indent: 4, isFirst: !draft.leavesNamesToCompose)
    }

    /// An entry with a scalar as it stands between braces; nil for one that has comments, or that is long.
    func flow(_ entry: Entry) -> String? {
        guard tree[entry.value].kind == .scalar, !hasComments(entry.key) else { return nil }
        return YAMLWriter.flowText(scalar: entry.value, in: tree).map {
            "\(YAMLWriter.flowText(tree.text(entry.key))): \($0)"
        }
    }

    mutating func writeNaming() {
        let naming = draft.naming
        if naming.isEmpty { return }
        let stated = [
            ("image", naming.image), ("service", naming.service), ("project", naming.project),
            ("container", naming.container), ("tag", naming.tag),
        ]
        let entries = stated.compactMap { key, value in value.map { (key: key, value: $0) } }
        if entries.count < 3 {
            let generic: [(key: String, value: FlowValue)] = naming.isGeneric ? [] : [("generic", .written("false"))]
            let start = writer.bytes.count
            writer.key("naming", indent: 0)
            if writer.flowMapping(entries.map { ($0.key, .text($0.value)) } + generic, indent: 0) != nil { return }
            writer.rewind(to: start)
        }
        writer.blankLine()
        writer.raw("naming:\n")
        for (key, value) in entries { writer.entry(key, value, indent: 2) }
        if !naming.isGeneric { writer.raw("  generic: false\n") }
    }
}
