import SourceText
import YAMLSyntax

/// Writes a draft in the style of a manifest that a person keeps.
struct ManifestWriter {
    let draft: ManifestDraft
    let tree: Tree
    let files: ComposeFiles
    let request: ImportRequest
    private var writer = YAMLWriter()
    /// By the file's name: where the comments that were written begin.
    private var kept: [String: Set<UInt32>] = [:]
    private var origins: [Origins.Part] = []

    init(_ draft: ManifestDraft, _ tree: Tree, _ files: ComposeFiles, _ request: ImportRequest) {
        self.draft = draft
        self.tree = tree
        self.files = files
        self.request = request
        writer.keepsFlowMappings = true
        writer.keepsMergeTags = true
    }

    /// The manifest, by file name where the comments that it keeps begin, and where its parts come from.
    consuming func written() -> (bytes: [UInt8], comments: [String: Set<UInt32>], origins: Origins) {
        var copy = self
        copy.write()
        return (copy.writer.bytes, copy.kept, Origins(copy.origins))
    }

    /// Notes that what is written next comes from a key, and perhaps its value, of a Compose file.
    private mutating func note(_ key: NodeID, _ value: NodeID? = nil) {
        let location = files.location(tree[key].span)
        let whole = value.map { files.location(tree[$0].span) }
        origins.append(
            Origins.Part(
                start: UInt32(writer.bytes.count), key: location,
                value: whole.flatMap { $0.file.path == location.file.path ? $0 : nil }))
    }

    /// Writes comments, each once: what stands over a shared key stands over it in every service's file.
    private mutating func write(_ comments: [Comment], of file: SourceFile, indent: Int) {
        for comment in comments where kept[file.path, default: []].insert(comment.span.start).inserted {
            writer.comment(comment.text, indent: indent)
        }
    }

    private mutating func writeComments(over node: NodeID, indent: Int) {
        let location = files.location(tree[node].span)
        write(Comments.over(location), of: location.file, indent: indent)
    }

    private mutating func write() {
        writer.comment("yaml-language-server: $schema=strategy.schema.json")
        writer.comment("`bayplan schema > strategy.schema.json` lets editors check and complete this file.")
        writer.raw("version: 1\n")
        if let name = draft.name { writer.entry("name", name, indent: 0) }
        writeNaming()
        if !draft.defaults.isEmpty || draft.leavesNamesToCompose {
            writer.blankLine()
            writer.raw("defaults:\n  service:\n")
            if draft.leavesNamesToCompose { writer.raw("    container_name: null       # Compose chooses\n") }
            write(draft.defaults, indent: 4)
        }
        writer.blankLine()
        writer.raw(draft.images.isEmpty ? "images: {}\n" : "images:\n")
        for index in imageOrder() { write(draft.images[index]) }
        writer.blankLine()
        writer.raw("projects:\n")
        for (index, project) in draft.projects.enumerated() {
            if index > 0 { writer.blankLine() }
            write(project)
        }
        if !draft.environments.isEmpty {
            writer.blankLine()
            writer.raw("environments:\n")
            for (index, environment) in draft.environments.enumerated() {
                if index > 0 { writer.blankLine() }
                write(environment)
            }
        }
        if let name = draft.composeName {
            writer.blankLine()
            writer.raw("outputs:\n")
            writer.entry("compose", name, indent: 2)
        }
    }

    private mutating func writeNaming() {
        let naming = draft.naming
        if naming.isEmpty { return }
        writer.blankLine()
        writer.raw("naming:\n")
        let entries = [
            ("image", naming.image), ("service", naming.service), ("project", naming.project),
            ("container", naming.container), ("tag", naming.tag),
        ]
        for case (let key, let value?) in entries { writer.entry(key, value, indent: 2) }
        if !naming.isGeneric { writer.raw("  generic: false\n") }
    }

    // MARK: Images

    /// Built images by their owners, then what is pulled.
    private func imageOrder() -> [Int] {
        let used = draft.images.indices.filter { !draft.images[$0].name.isEmpty }
        let built = used.filter { draft.images[$0].owner != nil }
            .sorted { (draft.images[$0].owner ?? 0, $0) < (draft.images[$1].owner ?? 0, $1) }
        return built + used.filter { draft.images[$0].owner == nil }
    }

    private mutating func write(_ image: DraftImage) {
        writer.key(image.name, indent: 2)
        writer.endLine()
        if let owner = image.owner { writer.entry("owner", draft.projects[owner].name, indent: 4) }
        if let build = image.build {
            note(build, build)
            writer.key("build", indent: 4)
            writer.writeValue(build, of: tree, indent: 4)
        }
        if let pull = image.pull { writer.entry("pull", pull, indent: 4) }
        if let repository = image.repository { writer.entry("repository", repository, indent: 4) }
        if let tag = image.tag { writer.entry("tag", tag, indent: 4) }
        guard !image.service.isEmpty else { return }
        writer.key("service", indent: 4)
        writer.endLine()
        write(image.service, indent: 6)
    }

    // MARK: Projects

    private mutating func write(_ project: DraftProject) {
        write(Comments.onTop(project.source), of: project.source, indent: 2)
        writer.key(project.name, indent: 2)
        writer.endLine()
        if project.path != project.name { writer.entry("path", project.path, indent: 4) }
        if let template = project.template { writer.entry("container_name", template, indent: 4) }
        if !project.profiles.isEmpty {
            writer.key("profiles", indent: 4)
            writer.flowSequence(project.profiles, indent: 4)
        }
        writer.key("services", indent: 4)
        writer.raw(project.services.isEmpty ? " {}\n" : "\n")
        for service in project.services { write(service) }
        write(project.sections, indent: 4)
    }

    private mutating func write(_ service: DraftService) {
        writeComments(over: service.key, indent: 6)
        note(service.key)
        writer.key(service.name, indent: 6)
        writer.endLine()
        let image = draft.images[service.image].name
        if image != service.name { writer.entry("image", image, indent: 8) }
        write(service.containerName, indent: 8)
        write(service.entries, indent: 8)
    }

    private mutating func write(_ name: DraftContainerName, indent: Int) {
        switch name {
        case .template: break
        case .chosenByCompose:
            writer.key("container_name", indent: indent)
            writer.raw(" null\n")
        case .literal(let node):
            writer.key("container_name", indent: indent)
            writer.writeValue(node, of: tree, indent: indent)
        }
    }

    /// Entries in their order, with the comments that stand over them.
    private mutating func write(_ entries: [Entry], indent: Int) {
        for (key, value) in entries {
            writeComments(over: key, indent: indent)
            note(key, value)
            writer.writeEntry(key, value, of: tree, indent: indent)
        }
    }

    // MARK: Environments

    private mutating func write(_ environment: DraftEnvironment) {
        writer.key(environment.name, indent: 2)
        writer.raw(environment.isEmpty ? " {}\n" : "\n")
        if let registry = environment.registry { writer.entry("registry", registry, indent: 4) }
        if let tag = environment.tag { writer.entry("tag", tag, indent: 4) }
        if let build = environment.build { writer.raw("    build: \(build)\n") }
        if !environment.images.isEmpty {
            writer.raw("    images:\n")
            for (image, registry, tag, digest) in environment.images {
                writer.key(draft.images[image].name, indent: 6)
                writer.endLine()
                if let registry { writer.entry("registry", registry, indent: 8) }
                if let tag { writer.entry("tag", tag, indent: 8) }
                if let digest { writer.entry("digest", digest, indent: 8) }
            }
        }
        if environment.projects.isEmpty { return }
        writer.raw("    projects:\n")
        for (project, template, services) in environment.projects {
            writer.key(draft.projects[project].name, indent: 6)
            writer.endLine()
            if let template { writer.entry("container_name", template, indent: 8) }
            if services.isEmpty { continue }
            writer.raw("        services:\n")
            for (name, override) in services { write(name, override) }
        }
    }

    private mutating func write(_ name: String, _ override: DraftOverride?) {
        writer.key(name, indent: 10)
        guard let override else { return writer.raw(" null\n") }
        writer.endLine()
        if let image = override.image { writer.entry("image", draft.images[image].name, indent: 12) }
        write(override.containerName, indent: 12)
        write(override.entries, indent: 12)
    }
}
