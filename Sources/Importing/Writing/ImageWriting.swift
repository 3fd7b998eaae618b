import YAMLSyntax

/// The images of a manifest, each in one line where that is short enough.
extension ManifestWriter {
    /// Built images by their owners, then what is pulled.
    func imageOrder() -> [Int] {
        let used = draft.images.indices.filter { !draft.images[$0].name.isEmpty }
        let built = used.filter { draft.images[$0].owner != nil }
            .sorted { (draft.images[$0].owner ?? 0, $0) < (draft.images[$1].owner ?? 0, $1) }
        return built + used.filter { draft.images[$0].owner == nil }
    }

    mutating func write(_ image: DraftImage) {
        let place = files.location(image.place)
        origins.append(Origins.Part(start: UInt32(writer.bytes.count), key: place, value: nil))
        let owner = image.owner.map { (key: "owner", value: draft.projects[$0].name) }
        let names = [("pull", image.pull), ("repository", image.repository), ("tag", image.tag)]
            .compactMap { key, value in value.map { (key: key, value: $0) } }
        let build = image.build.flatMap(shortBuild)
        writer.key(image.name, indent: 2)
        if image.service.isEmpty, image.build == nil || build != nil {
            let entries =
                [owner].compactMap { $0 }.map { ($0.key, FlowValue.text($0.value)) }
                + [build].compactMap { $0 }.map { ("build", $0) } + names.map { ($0.key, FlowValue.text($0.value)) }
            if let places = writer.flowMapping(entries, indent: 2) {
                if let node = image.build, let index = entries.firstIndex(where: { $0.0 == "build" }) {
                    note(buildKeys[node] ?? node, node, from: places[index])
                    let end = index + 1 < places.count ? places[index + 1] : writer.bytes.count
                    origins.append(Origins.Part(start: UInt32(end), key: place, value: nil))
                }
                return
            }
        }
        writer.endLine()
        if let owner { writer.entry(owner.key, owner.value, indent: 4) }
        if let node = image.build { write(build: node, build, indent: 4) }
        origins.append(Origins.Part(start: UInt32(writer.bytes.count), key: place, value: nil))
        for (key, value) in names { writer.entry(key, value, indent: 4) }
        guard !image.service.isEmpty else { return }
        writer.key("service", indent: 4)
        writer.endLine()
        write(image.service, indent: 6)
    }

    /// Writes the build of an image whose entry has several lines: in one of them where it is short.
    private mutating func write(build node: NodeID, _ short: FlowValue?, indent: Int) {
        let key = buildKeys[node]
        if case .written(let text) = short, indent + 7 + text.unicodeScalars.count <= YAMLWriter.flowWidth {
            note(key ?? node, node)
            writer.key("build", indent: indent)
            writer.raw(" \(text)\n")
        } else if let key {
            write((key, node), indent: indent, isFirst: true)
        } else {
            note(node, node)
            writer.key("build", indent: indent)
            writer.writeValue(node, of: tree, indent: indent)
        }
    }

    /// A build as a part of one line; nil where it needs lines of its own.
    private func shortBuild(_ build: NodeID) -> FlowValue? {
        guard tree[build].tag == .none, shared.name(of: build, in: tree) == nil,
            buildKeys[build].map({ !hasComments($0) }) ?? true
        else { return nil }
        if tree[build].kind == .scalar { return .text(tree.text(build)) }
        if needsLines(build) { return nil }
        // Every Dockerfile has that name, and a build of nothing else but a context is that context.
        let said = tree.entries(build).filter {
            tree.text($0.key) != "dockerfile" || tree.text($0.value) != "Dockerfile"
        }
        if said.count == 1, let only = said.first, tree.text(only.key) == "context" {
            return YAMLWriter.flowText(scalar: only.value, in: tree).map { .written($0) }
        }
        return YAMLWriter.flowText(of: build, in: tree).map { .written($0) }
    }
}
