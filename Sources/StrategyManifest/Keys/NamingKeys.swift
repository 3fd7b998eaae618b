import YAMLSyntax

extension ManifestSection {
    /// `naming`.
    static let naming = ManifestSection(
        "naming",
        [
            ManifestKey(
                "image", .text, "The pattern of whole image names; by default lower-case words joined by hyphens",
                example: "'[a-z]+(-[a-z]+)*'"
            ) { $0.manifest.naming.image = $0.pattern($1.value) },
            ManifestKey(
                "service", .text, "The pattern of whole service names; by default the same",
                example: "'[a-z]+(-[a-z]+)*'"
            ) { $0.manifest.naming.service = $0.pattern($1.value) },
            ManifestKey(
                "project", .text, "The pattern of whole project names; by default the same",
                example: "'[a-z]+(-[a-z]+)*'"
            ) { $0.manifest.naming.project = $0.pattern($1.value) },
            ManifestKey(
                "container", .template, "The template of container names; by default `{project}-{service}`",
                example: "'{service}'"
            ) { $0.manifest.naming.container = $0.template($1.value) },
            ManifestKey(
                "tag", .textOrNumber, "The tag of built images that state none; by default `latest`", example: "dev"
            ) { if let tag = $0.text($1.value) { $0.manifest.naming.tag = tag } },
            ManifestKey(
                "registries", .texts,
                "The registries that images may come from, each with or without the beginning of a path; by default any",
                example: "[docker.io/library, ghcr.io/team]"
            ) { decoder, entry in
                decoder.manifest.naming.registries = decoder.manifest.tree.items(entry.value).compactMap(decoder.text)
            },
            ManifestKey(
                "generic", .boolean,
                "Whether image names must not begin with what a template puts before `{service}`; by default true",
                example: "false"
            ) { if let isGeneric = $0.boolean($1.value) { $0.manifest.naming.isGeneric = isGeneric } },
        ])
}

extension ManifestDecoder {
    mutating func decodeNaming(_ node: NodeID) {
        decode(.naming, node)
        if let key = misspelling(of: "container", in: node) { manifest.naming.container = unknownTemplate(key) }
    }
}
