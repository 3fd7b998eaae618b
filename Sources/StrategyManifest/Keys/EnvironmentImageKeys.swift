import YAMLSyntax

extension ManifestSection {
    /// An entry of an environment's `images`.
    static let environmentImage = ManifestSection(
        "environment image",
        [
            ManifestKey("tag", .textOrNumber, "The image's tag here; it may hold variables", example: "'7.4'") {
                $0.environmentImage.tag = $0.text($1.value)
            },
            ManifestKey(
                "registry", .text, "The image's registry here; it may hold variables", example: "ghcr.io/owner/base"
            ) {
                $0.environmentImage.registry = $0.text($1.value)
            },
            ManifestKey(
                "digest", .text, "The digest that pins the image here; it may hold variables",
                example: "'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'"
            ) { $0.environmentImage.digest = $0.text($1.value) },
            ManifestKey(
                "build", .shape(\.build), "Merged over the image's `build` here, by Compose's rules",
                example: "{target: production}"
            ) { $0.environmentImage.build = $1.value },
            ManifestKey(
                "platforms", .texts, "The platforms that releases are built for here", example: "[linux/arm64]"
            ) {
                guard $0.manifest.tree[$1.value].kind == .sequence else { return }
                $0.environmentImage.platforms = []
                for item in $0.manifest.tree.items($1.value) {
                    if let platform = $0.text(item) { $0.environmentImage.platforms?.append(platform) }
                }
            },
            ManifestKey(
                "service", .service, "Merged over the image's `service` here, by Compose's rules",
                example: "{restart: always}"
            ) { $0.environmentImage.service = $0.fragment($1.value) },
        ])
}

extension ManifestDecoder {
    /// The entry that is being decoded: the last.
    fileprivate var environmentImage: Environment.ImageOverride {
        _read { yield environment.images[environment.images.count - 1] }
        _modify {
            let last = environment.images.count - 1
            yield &environment.images[last]
        }
    }

    mutating func decodeEnvironmentImages(_ node: NodeID) {
        for (key, value) in manifest.tree.entries(node) where !isExtension(key) {
            environment.images.append(Environment.ImageOverride(name: keyName(key)))
            decode(.environmentImage, value)
        }
    }
}
