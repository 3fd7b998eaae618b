import ComposeSpec
import YAMLSyntax

extension ManifestSection {
    /// An entry of `environments`.
    static let environment = ManifestSection(
        "environment",
        [
            ManifestKey(
                "registry", .text, "Prefix of every built image's reference; it may hold variables",
                example: "'${CI_REGISTRY_IMAGE:-ghcr.io/owner/shop}'"
            ) { $0.environment.registry = $0.text($1.value) },
            ManifestKey(
                "tag", .textOrNumber, "Tag of every built image; it may hold variables", example: "'${TAG:-1.2.3}'"
            ) { $0.environment.tag = $0.text($1.value) },
            ManifestKey(
                "build", .boolean, "Whether owners keep their build; by default only without a registry",
                example: "true"
            ) { $0.environment.build = $0.boolean($1.value) },
            ManifestKey(
                "engine", .shape { _ in .oneOf(["compose", "swarm"]) },
                "What runs this environment: `compose`, or `swarm`, for which files are stacks of `docker stack deploy`",
                example: "swarm"
            ) { $0.environment.isSwarm = $0.text($1.value)?.value == "swarm" },
            ManifestKey(
                "complete", .boolean,
                "Whether only references and builds are inherited, so that all services, networks and volumes stand here",
                example: "true"
            ) { $0.environment.isComplete = $0.boolean($1.value) ?? false },
            ManifestKey(
                "cache", .text,
                "A repository below which the layers of each image are kept: every build reads them from there, and the bake "
                    + "file writes them. It may have a tag, and hold variables",
                example: "'ghcr.io/owner/cache:${BRANCH:-main}'"
            ) { $0.environment.cache = $0.text($1.value) },
            ManifestKey(
                "attest", .section { .attestations }, "What is attested of the images that are released here",
                example: "{provenance: max, sbom: true}"
            ) { $0.decode(.attestations, $1.value) },
            ManifestKey(
                "images", .entries(.images) { .environmentImage }, "What differs here for single images",
                example: "{redis: {tag: '7.4'}}"
            ) { $0.decodeEnvironmentImages($1.value) },
            ManifestKey(
                "defaults", .section { .environmentDefaults }, "Merged over every service here",
                example: "{service: {restart: always}}"
            ) { $0.decode(.environmentDefaults, $1.value) },
            ManifestKey(
                "projects", .entries(.projects) { .environmentProject }, "What differs here in single projects",
                example: "{shop: {container_name: 'prod-{service}'}}"
            ) { $0.decodeEnvironmentProjects($1.value) },
        ])

    /// `attest` of an environment.
    static let attestations = ManifestSection(
        "attestations",
        [
            ManifestKey(
                "provenance", .shape { _ in .anyOf([.boolean, .string(Grammar.provenance)]) },
                "How the image was built, from what and by whom: true, false, `max`, or Buildx's own parameters",
                example: "max"
            ) { $0.environment.attestations.provenance = $0.text($1.value) },
            ManifestKey(
                "sbom", .shape { _ in .anyOf([.boolean, .string(Grammar.attestationParameters)]) },
                "What the image holds, a bill of materials: true, false, or Buildx's own parameters",
                example: "'generator=ghcr.io/owner/scanner:1'"
            ) { $0.environment.attestations.sbom = $0.text($1.value) },
        ])

    /// `defaults` of an environment.
    static let environmentDefaults = ManifestSection(
        "defaults", [service { $0.environment.defaultService = $0.fragment($1.value) }])
}

extension ManifestDecoder {
    /// The environment that is being decoded: the last.
    var environment: Environment {
        _read { yield manifest.environments[manifest.environments.count - 1] }
        _modify { yield &manifest.environments[manifest.environments.count - 1] }
    }

    mutating func decodeEnvironments(_ node: NodeID) {
        for (key, value) in manifest.tree.entries(node) where !isExtension(key) {
            let kind = manifest.tree[value].kind
            guard kind == .mapping || manifest.tree.isNull(value) else { continue }
            manifest.environments.append(Environment(name: keyName(key)))
            decode(.environment, value)
        }
    }
}

extension Grammar {
    /// The parameters of an attestation, as `docker buildx build --attest` takes them behind the type.
    fileprivate static let attestationParameters = Grammar(
        "Buildx's own parameters such as `generator=ghcr.io/owner/scanner:1`",
        pattern: "^[a-z][a-z-]*=[^,]*(,[a-z][a-z-]*=[^,]*)*$"
    ) { text in
        text.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).allSatisfy { part in
            let name = part.prefix { $0 != UInt8(ascii: "=") }
            return name.count < part.count && name.first != UInt8(ascii: "-") && !name.isEmpty
                && name.allSatisfy { (0x61...0x7A).contains($0) || $0 == UInt8(ascii: "-") }
        }
    }

    /// How much is told of a build: BuildKit knows `min` and `max`, and refuses any other mode once it builds.
    fileprivate static let provenance = Grammar(
        "`min`, `max` or Buildx's own parameters such as `mode=max`",
        pattern: "^(min|max|[a-z][a-z-]*=.*)$"
    ) { text in
        if ["min", "max"].contains(where: { text.elementsEqual($0.utf8) }) { return true }
        return attestationParameters.accepts(text)
            && text.split(separator: UInt8(ascii: ",")).allSatisfy {
                !$0.starts(with: "mode=".utf8) || $0.elementsEqual("mode=min".utf8) || $0.elementsEqual("mode=max".utf8)
            }
    }
}
