import ComposeSpec
import Diagnostics
import SourceText
import YAMLSyntax

extension ManifestSection {
    /// An entry of `images`.
    static let image = ManifestSection(
        "image",
        [
            ManifestKey(
                "description", .text, "The image's purpose, for documents", example: "The queue of the workers"
            ) { $0.image.fields.description = $0.text($1.value) },
            ManifestKey("owner", .project, "The one project that builds the image", example: "shop") {
                if let owner = $0.name($1.value) { $0.image.fields.owner = owner }
            },
            ManifestKey(
                "build", .shape(\.build), "How the owner builds the image, as in Compose",
                example: "{context: ., target: production}"
            ) { $0.image.build = $1 },
            ManifestKey(
                "pull", .text,
                "The reference of a third-party image, named once for all projects; it may hold variables",
                example: "'redis:${REDIS_VERSION:-7}-alpine'"
            ) { $0.image.pull = $1 },
            ManifestKey(
                "repository", .text,
                "The name of its repository; by default the image's own. It may hold variables, and then a registry",
                example: "shop/api"
            ) { $0.image.fields.repository = $0.text($1.value) },
            ManifestKey(
                "tag", .textOrNumber, "Its tag; by default `naming.tag`. It may hold variables", example: "'7.4'"
            ) { $0.image.fields.tag = $0.text($1.value) },
            ManifestKey(
                "needs", .images, "The built images that this one is built from; they are built first",
                example: "[base]"
            ) {
                for item in $0.manifest.tree.items($1.value) {
                    if let base = $0.name(item) { $0.image.fields.needs.append(base) }
                }
            },
            ManifestKey(
                "platforms", .texts, "The platforms that releases are built for", example: "[linux/amd64, linux/arm64]"
            ) {
                for item in $0.manifest.tree.items($1.value) {
                    if let platform = $0.text(item) { $0.image.platforms.append(platform) }
                }
            },
            ManifestKey(
                "service", .service, "Defaults for every service that runs the image",
                example: "{restart: unless-stopped}"
            ) { $0.image.fields.service = $0.fragment($1.value) },
        ])
}

extension ManifestDecoder {
    /// What an image says, as it is met.
    struct StatedImage {
        var build: Entries.Element?
        var pull: Entries.Element?
        var platforms: [Spanned<String>] = []
        var fields = Image.Fields()
    }

    mutating func decodeImages(_ node: NodeID) {
        manifest.hasAllImages = manifest.tree[node].kind == .mapping
        manifest.images.reserveCapacity(Int(manifest.tree[node].count))
        for (key, value) in manifest.tree.entries(node) where !isExtension(key) {
            guard manifest.tree[value].kind == .mapping else {
                manifest.unreadable.insert(manifest.tree[key].symbol)
                continue
            }
            let name = keyName(key)
            manifest.imageIndex[name.symbol] = manifest.images.count
            image = StatedImage()
            decode(.image, value)
            manifest.images.append(Image(name, origin, image.platforms, image.fields))
            checkOrigin(of: name, value)
        }
    }

    /// Where the image comes from.
    private var origin: Image.Origin {
        switch (image.build, image.pull) {
        case (let build?, nil): .built(ComposeBuild(build.value, of: manifest.tree))
        case (nil, let pull?): text(pull.value).map { .pulled($0) } ?? .unknown
        default: .unknown
        }
    }

    /// Exactly one of `build` and `pull`; `owner` with the one and not with the other.
    private mutating func checkOrigin(of key: Name, _ node: NodeID) {
        let name = manifest.text(key)
        switch (image.build, image.pull) {
        case (nil, nil):
            // A key that is misspelt is told once, as an unknown one.
            if manifest.tree[node].tag == .unreadable { return }
            if misspelling(of: "build", in: node) ?? misspelling(of: "pull", in: node) != nil { return }
            report(
                .missingKey, "the image `\(name)` is neither built nor pulled", key.span,
                "`build` or `pull` is missing",
                help: [
                    "add `build:` and `owner:` if a project builds it, or `pull: \(name):<tag>` if a registry has it"
                ])
        case (let build?, let pull?):
            report(
                .conflictingKeys, "the image `\(name)` is both built and pulled", manifest.tree[pull.key].span,
                "a pulled image is not built",
                also: [.init(manifest.tree.location(build.key), "but this says how to build it")],
                help: ["remove the one that is not meant"])
        case (_?, nil):
            let statesOwner =
                manifest.tree.value("owner", in: node) != nil || manifest.tree[node].tag == .unreadable
            if !statesOwner, misspelling(of: "owner", in: node) == nil {
                report(
                    .missingKey, "the built image `\(name)` has no owner", key.span, "`owner` is missing",
                    why: "each image is built by exactly one project; its build context lies in that project's folder",
                    help: ["add `owner: <project>`"])
            }
        case (nil, let pull?):
            if let owner = image.fields.owner {
                report(
                    .conflictingKeys, "the pulled image `\(name)` has an owner", owner.span,
                    "nobody builds a pulled image",
                    also: [.init(manifest.tree.location(pull.key), "it is pulled here")],
                    help: ["remove `owner`"])
            }
            for base in image.fields.needs {
                report(
                    .conflictingKeys, "the pulled image `\(name)` has bases", base.span,
                    "nothing is built before a pulled image",
                    also: [.init(manifest.tree.location(pull.key), "it is pulled here")], help: ["remove `needs`"])
            }
        }
    }
}
