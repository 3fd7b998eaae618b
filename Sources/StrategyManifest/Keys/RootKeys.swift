import ComposeSpec
import Diagnostics
import SourceText
import YAMLSyntax

extension ManifestSection {
    /// The top level of the manifest.
    package static let root = ManifestSection(
        "manifest",
        [
            ManifestKey(
                "version", .shape { _ in .integer(1...1) }, required: true, "The version of the manifest language",
                example: "1"
            ) { $0.checkVersion($1.value) },
            ManifestKey(
                "name", .text, "The workspace's name, in documents and the bake file; by default `workspace`",
                example: "shop"
            ) { $0.manifest.name = $0.text($1.value) },
            ManifestKey(
                "images", .entries(.declared) { .image }, required: true, "The images by their generic names",
                example: "{redis: {pull: 'redis:7-alpine'}}"
            ) { $0.decodeImages($1.value) },
            ManifestKey(
                "projects", .entries(.declared) { .project }, required: true,
                "The projects by their Compose project names", example: "{shop: {services: {redis: {}}}}"
            ) { $0.decodeProjects($1.value) },
            ManifestKey("naming", .section { .naming }, "The naming rules", example: "{container: '{service}'}") {
                $0.decodeNaming($1.value)
            },
            ManifestKey(
                "defaults", .section { .defaults }, "What lies under every service of every project",
                example: "{service: {restart: unless-stopped}}"
            ) { $0.decode(.defaults, $1.value) },
            ManifestKey(
                "environments", .entries(.declared, canBeNull: true) { .environment },
                "Named variants of the whole output", example: "{production: {registry: ghcr.io/owner/shop}}"
            ) { $0.decodeEnvironments($1.value) },
            ManifestKey(
                "outputs", .section { .outputs }, "Which artifacts are emitted, and their names",
                example: "{bake: false}"
            ) { $0.decode(.outputs, $1.value) },
            ManifestKey(
                "requires", .section { .requires }, "The oldest versions of the programs that take part",
                example: "{compose: '2.24'}"
            ) { $0.decode(.requires, $1.value) },
            ManifestKey(
                "instances", .shape { _ in .string(.variableName) },
                "The variable whose value the names carry, so that several checkouts run side by side; off by default",
                example: "BAYPLAN_INSTANCE"
            ) { $0.manifest.instances = $0.text($1.value) },
            ManifestKey(
                "rules", .levels, "The level of a rule, by its code or name, or of a group, and what a rule looks for",
                example: "{floating-tag: 'off', moving-tag: {level: info, tags: [edge]}}"
            ) { $0.decodeLevels($1.value) },
        ])

    /// `defaults` of the manifest.
    static let defaults = ManifestSection(
        "defaults", [service { $0.manifest.defaultService = $0.fragment($1.value) }])

    /// The one key of `defaults`, in the manifest and in an environment.
    static func service(_ decode: @escaping ManifestKey.Decoding) -> ManifestKey {
        ManifestKey(
            "service", .service, "Lies under every service of every project", example: "{restart: unless-stopped}",
            decode: decode)
    }
}

extension Grammar {
    /// A variable's name as Compose and a shell know it, of at most 63 characters.
    fileprivate static let variableName = Grammar(
        "a variable's name such as BAYPLAN_INSTANCE", pattern: "^[A-Za-z_][A-Za-z0-9_]{0,62}$"
    ) { text in
        func isLetter(_ byte: UInt8) -> Bool {
            (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == UInt8(ascii: "_")
        }
        guard let first = text.first, text.count <= 63 else { return false }
        return isLetter(first) && text.allSatisfy { isLetter($0) || (0x30...0x39).contains($0) }
    }
}

extension ManifestDecoder {
    fileprivate mutating func checkVersion(_ node: NodeID) {
        let tree = manifest.tree
        guard tree[node].kind == .scalar, tree.text(node) != "1" else { return }
        report(
            .unsupportedVersion, "this manifest is written in version `\(tree.text(node))` of the language", node,
            "this Bayplan reads version 1", help: ["write `version: 1`, or use a newer Bayplan"])
    }
}
