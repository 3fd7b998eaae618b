import YAMLSyntax

/// What an environment says, as a person would write it.
extension ManifestWriter {
    mutating func write(_ environment: DraftEnvironment) {
        for file in environment.files { writeHeader(of: file, indent: 2) }
        writer.key(environment.name, indent: 2)
        writer.raw(environment.isEmpty ? " {}\n" : "\n")
        if environment.isComplete { writer.raw("    complete: true\n") }
        if let registry = environment.registry { writer.entry("registry", registry, indent: 4) }
        if let tag = environment.tag { writer.entry("tag", tag, indent: 4) }
        if let build = environment.build { writer.raw("    build: \(build)\n") }
        if !environment.images.isEmpty {
            writer.raw("    images:\n")
            for (image, registry, tag, digest, build) in environment.images {
                let entries = [("registry", registry), ("tag", tag), ("digest", digest)]
                    .compactMap { key, value in value.map { (key: key, value: $0) } }
                if build.isEmpty {
                    writeShort(draft.images[image].name, entries, indent: 6)
                    continue
                }
                writer.key(draft.images[image].name, indent: 6)
                writer.endLine()
                for (key, value) in entries { writer.entry(key, value, indent: 8) }
                writer.key("build", indent: 8)
                writer.endLine()
                write(build, indent: 10)
            }
        }
        if environment.projects.isEmpty { return }
        writer.raw("    projects:\n")
        for project in environment.projects {
            writer.key(draft.projects[project.project].name, indent: 6)
            writer.endLine()
            if let template = project.template { writer.entry("container_name", template, indent: 8) }
            if !project.services.isEmpty {
                writer.raw("        services:\n")
                for (name, override) in project.services { write(name, override) }
            }
            write(project.sections, indent: 8, isFirst: false)
        }
        for file in environment.files { writeRest(notes[file]?.all ?? [], of: file, indent: 4) }
    }

    private mutating func write(_ name: String, _ override: DraftOverride?) {
        let (around, file) = override?.key.map { self.around($0) } ?? (SourceNotes.Notes(), "")
        write(around.above, of: file, indent: 10)
        if let override, override.isAdded, let key = override.key { note(key) }
        let start = writer.bytes.count
        writer.key(name, indent: 10)
        guard let override else { return writer.raw(" null\n") }
        let image = override.image.map { draft.images[$0].name }
        let place = override.key.map { files.location(tree[$0].span).span.start }
        // What stood over keys that are not written here, as over an image that is development's.
        let inside = place.flatMap { notes[file]?.comments(under: $0) } ?? []
        if let image, !override.isAdded, override.entries.isEmpty, override.containerName.isTemplate,
            inside.isEmpty, writer.flowMapping([("image", .text(image))], indent: 10) != nil
        {
            return write(around.below, of: file, indent: 10)
        }
        writer.endLine()
        writeTrailing(around, of: file, since: start, indent: 10)
        // A service that is added runs the image of its own name without a word.
        if let image, !override.isAdded || image != name { writer.entry("image", image, indent: 12) }
        write(override.containerName, indent: 12)
        write(override.entries, indent: 12)
        writeRest(inside, of: file, indent: 12)
        write(around.below, of: file, indent: 10)
    }
}
