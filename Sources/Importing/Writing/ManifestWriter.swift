import SourceText
import YAMLSyntax

/// Writes a draft in the style of a manifest that a person keeps.
struct ManifestWriter {
    let draft: ManifestDraft
    let tree: Tree
    let files: ComposeFiles
    let request: ImportRequest
    /// By the file's name: its comments and blank lines.
    let notes: [String: SourceNotes]
    var writer = YAMLWriter()
    /// By the file's name: where the comments that were written begin.
    var kept: [String: Set<UInt32>] = [:]
    /// The comments that were written, as texts.
    var said: Set<String> = []
    let shared: SharedBlocks
    /// The key under which each build stands.
    private(set) var buildKeys: [NodeID: NodeID] = [:]
    var origins: [Origins.Part] = []

    /// - Parameter extended: services that others extend, which are blocks as good as those under an anchor.
    init(
        _ draft: ManifestDraft, _ tree: Tree, _ files: ComposeFiles, _ request: ImportRequest,
        _ extended: [(name: String, node: NodeID)]
    ) {
        notes = files.notes
        shared = SharedBlocks(draft, tree, files.anchors(in: tree) + extended)
        self.draft = draft
        self.tree = tree
        self.files = files
        self.request = request
        writer.keepsFlowMappings = true
        writer.keepsMergeTags = true
        // A line of the author's stands four columns deeper here, and may be one of those that they let run on.
        writer.keptFlowWidth = 120
        for (name, notes) in notes { kept[name] = notes.unspoken }
        for service in draft.projects.flatMap(\.services) {
            for entry in service.decided where tree.text(entry.key) == "build" { buildKeys[entry.value] = entry.key }
        }
    }

    /// The manifest, by file name where the comments that it keeps begin, and where its parts come from.
    consuming func written() -> (bytes: [UInt8], comments: [String: Set<UInt32>], origins: Origins) {
        var copy = self
        copy.write()
        return (copy.writer.bytes, copy.kept, Origins(copy.origins))
    }

    /// Notes that what is written next comes from a key, and perhaps its value, of a Compose file.
    ///
    /// - Parameter start: where that begins, if it is written already.
    mutating func note(_ key: NodeID, _ value: NodeID? = nil, from start: Int? = nil) {
        let location = files.location(tree[key].span)
        let whole = value.map { files.location(tree[$0].span) }
        origins.append(
            Origins.Part(
                start: UInt32(start ?? writer.bytes.count), key: location,
                value: whole.flatMap { $0.file.path == location.file.path ? $0 : nil }))
    }

    private mutating func write() {
        if let schema = request.schema { writer.comment("yaml-language-server: $schema=\(schema)") }
        writer.raw("version: 1\n")
        if let name = draft.name { writer.entry("name", name, indent: 0) }
        if let variable = draft.instances { writer.entry("instances", variable, indent: 0) }
        if let name = draft.composeName { writeShort("outputs", [("compose", name)], indent: 0) }
        let leavesOnlyNames = draft.leavesNamesToCompose && draft.defaults.isEmpty
        if leavesOnlyNames {
            writer.raw("defaults: { service: { container_name: null } }  # Compose chooses\n")
        }
        writeNaming()
        writeShared()
        writeDefaults()
        writer.blankLine()
        writer.raw(draft.images.isEmpty ? "images: {}\n" : "images:\n")
        for index in imageOrder() { write(draft.images[index]) }
        writer.blankLine()
        writer.raw("projects:\n")
        for (index, project) in draft.projects.enumerated() {
            if index > 0 { writer.blankLine() }
            write(project, at: index)
        }
        if !draft.environments.isEmpty {
            writer.blankLine()
            writer.raw("environments:\n")
            for (index, environment) in draft.environments.enumerated() {
                if index > 0 { writer.blankLine() }
                write(environment)
            }
        }
    }

    /// Writes a mapping of texts in one line where it is short enough for one.
    mutating func writeShort(_ key: String, _ entries: [(key: String, value: String)], indent: Int) {
        writer.key(key, indent: indent)
        if writer.flowMapping(entries.map { ($0.key, .text($0.value)) }, indent: indent) != nil { return }
        writer.endLine()
        for (key, value) in entries { writer.entry(key, value, indent: indent + 2) }
    }

    /// Writes the blocks that several services use, each under a key of its own.
    private mutating func writeShared() {
        if shared.blocks.isEmpty { return }
        let keys = files.extensionKeys(in: tree)
        for block in shared.blocks {
            writer.blankLine()
            if let key = keys[block.value] {
                // What stands farther above may speak of the file.
                let (around, file) = around(key)
                let start = around.above.lastIndex { if case .blank = $0 { true } else { false } }.map { $0 + 1 } ?? 0
                write(Array(around.above[start...]), of: file, indent: 0)
            }
            writer.raw("x-\(block.name): &\(block.name)\n")
            if let entries = block.entries {
                write(entries, indent: 2)
            } else {
                writeChildren(of: block.value, indent: 2)
            }
        }
    }

    // MARK: Projects

    private mutating func write(_ project: DraftProject, at position: Int) {
        let file = project.source.path
        writeTop(of: project, file)
        writer.key(project.name, indent: 2)
        writer.endLine()
        if project.path != project.name { writer.entry("path", project.path, indent: 4) }
        if let template = project.template { writer.entry("container_name", template, indent: 4) }
        if !project.profiles.isEmpty {
            writer.key("profiles", indent: 4)
            writer.flowSequence(project.profiles, indent: 4)
        }
        let services = notes[file]?.topLevel.first { $0.name == "services" }.flatMap { notes[file]?[$0.start] }
        write(services?.above ?? [], of: file, indent: 4)
        let start = writer.bytes.count
        writer.key("services", indent: 4)
        writer.raw(project.services.isEmpty ? " {}\n" : "\n")
        writeTrailing(services ?? SourceNotes.Notes(), of: file, since: start, indent: 4)
        for (index, service) in project.services.enumerated() {
            write(service, at: .service(project: position, position: index), isFirst: index == 0)
        }
        write(services?.below ?? [], of: file, indent: 6)
        writeSections(project.sections, below: project.services, indent: 4)
        for file in project.files { writeRest(notes[file]?.all ?? [], of: file, indent: 4) }
    }

    /// Writes a project's sections, set off from its services by a blank line where those are from one another.
    private mutating func writeSections(_ sections: [Entry], below services: [DraftService], indent: Int) {
        guard let first = sections.first else { return }
        let isSpaced = services.dropFirst().contains { around($0.key).notes.hasBlankAbove }
        if isSpaced, !around(first.key).notes.hasBlankAbove { writer.blankLine() }
        write(sections, indent: indent, isFirst: false)
    }

    /// Writes over a project what its files say on top, and what stood around keys that no manifest has.
    private mutating func writeTop(of project: DraftProject, _ file: String) {
        guard let notes = notes[file] else { return }
        let carried = Set(project.sections.map { files.location(tree[$0.key].span).span.start })
        for (index, (name, start)) in notes.topLevel.enumerated() {
            let isDropped = name != "services" && !carried.contains(start)
            if index == 0 || isDropped {
                var above = notes[start]?.above ?? []
                if case .blank = above.last { above.removeLast() }
                write(above, of: file, indent: 2)
            }
            if isDropped { writeRest(notes.comments(under: start), of: file, indent: 2) }
        }
        for other in project.files where other != file { writeHeader(of: other, indent: 2) }
    }

    /// Writes what a file says on top of itself, unless it may speak of a section that the manifest has, too.
    mutating func writeHeader(of file: String, indent: Int) {
        guard let notes = notes[file], let first = notes.topLevel.first,
            ["services", "name", "version", "include"].contains(first.name)
        else { return }
        var above = notes[first.start]?.above ?? []
        if case .blank = above.last { above.removeLast() }
        write(above, of: file, indent: indent)
    }

    private mutating func write(_ service: DraftService, at position: SharedBlocks.Place, isFirst: Bool) {
        let (around, file) = around(service.key)
        if around.hasBlankAbove, !isFirst { writer.blankLine() }
        write(around.above, of: file, indent: 6)
        note(service.key)
        let start = writer.bytes.count
        writer.key(service.name, indent: 6)
        if writeShort(service, at: position) { return write(around.below, of: file, indent: 6) }
        writer.endLine()
        writeTrailing(around, of: file, since: start, indent: 6)
        let body = writer.bytes.count
        let image = draft.images[service.image].name
        if image != service.name {
            if let key = service.decided.first(where: { tree.text($0.key) == "image" })?.key {
                let (around, file) = self.around(key)
                write(around.above, of: file, indent: 8)
                let start = writer.bytes.count
                writer.entry("image", image, indent: 8)
                writeTrailing(around, of: file, since: start, indent: 8)
            } else {
                writer.entry("image", image, indent: 8)
            }
        }
        for entry in service.decided { writeAround(absent: entry.key, indent: 8) }
        write(service.containerName, indent: 8)
        let (merged, own) = shared.parts(of: service.entries, at: position)
        writeMerge(of: merged, indent: 8)
        write(own, indent: 8, isFirst: writer.bytes.count == body)
        let place = files.location(tree[service.key].span)
        writeRest(notes[file]?.comments(under: place.span.start) ?? [], of: file, indent: 8)
        write(around.below, of: file, indent: 6)
    }

    /// Writes the one thing that is left to say of a service behind its name; false where there is more, or nothing.
    private mutating func writeShort(_ service: DraftService, at position: SharedBlocks.Place) -> Bool {
        let image = draft.images[service.image].name
        let place = files.location(tree[service.key].span)
        guard service.containerName.isTemplate, service.entries.count < 2,
            notes[place.file.path]?.comments(under: place.span.start).isEmpty ?? true,
            shared.parts(of: service.entries, at: position).merged.isEmpty
        else { return false }
        var entries: [(key: String, value: FlowValue)] = image == service.name ? [] : [("image", .text(image))]
        if let own = service.entries.first {
            guard entries.isEmpty, let text = YAMLWriter.flowText(scalar: own.value, in: tree) else { return false }
            entries = [(tree.text(own.key), .written(text))]
        }
        guard !entries.isEmpty, let places = writer.flowMapping(entries, indent: 6) else { return false }
        if let own = service.entries.first { note(own.key, own.value, from: places[0]) }
        return true
    }

    mutating func write(_ name: DraftContainerName, indent: Int) {
        switch name {
        case .template: break
        case .chosenByCompose:
            writer.key("container_name", indent: indent)
            writer.raw(" null\n")
        case .literal(let node), .alternative(let node):
            let start = writer.bytes.count
            writer.key("container_name", indent: indent)
            writer.writeValue(node, of: tree, indent: indent)
            // The template is what most names follow; this one stays what it is. Of alternatives that is told anyway.
            if case .literal = name, !draft.leavesNamesToCompose {
                writer.trailingComment(
                    " bayplan: allow(container-name-departs) its name before the import", since: start)
            }
        }
    }
}
