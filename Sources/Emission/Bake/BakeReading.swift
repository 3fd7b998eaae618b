import ComposeSpec
import Diagnostics
import Planning
import SourceText
import StrategyManifest
import YAMLSyntax

/// Puts the builds of one plan into Buildx's words.
struct BakeReading {
    private let plan: Plan
    private let manifest: Manifest
    /// For each build of the plan its target.
    private let names: [String]
    /// The variables whose default is null.
    private let nullable: Set<String>
    /// For each project whose builds are lent secrets, what it declares them to be, by name.
    private let secrets: [Int: [String: NodeID]]

    init(_ plan: Plan, _ names: [String], nullable: Set<String>) {
        self.plan = plan
        manifest = plan.manifest
        self.names = names
        self.nullable = nullable
        var secrets: [Int: [String: NodeID]] = [:]
        for build in plan.builds where secrets[build.owner] == nil && !build.build.options.secrets.isEmpty {
            let declared = plan.secrets(of: build.owner).map { Array(plan.tree.entries($0.value)) } ?? []
            secrets[build.owner] = Dictionary(
                declared.map { (plan.tree.text($0.key), $0.value) }, uniquingKeysWith: { first, _ in first })
        }
        self.secrets = secrets
    }

    /// A target that builds what another one does, under the tags of an environment.
    func target(inheriting name: String, of index: Int) -> BakeTarget {
        var target = BakeTarget(nullable: nullable)
        target.add("inherits", .list([name]))
        addTags(plan.builds[index], &target)
        return target
    }

    /// The whole target of a build.
    func target(of index: Int) -> BakeTarget {
        var target = BakeTarget(nullable: nullable)
        let build = plan.builds[index]
        let compose = build.build
        let options = compose.options
        let owner = manifest.projects[build.owner].path.value
        target.add("context", .text(target.template(Self.place(compose.context.value, owner))))
        let contexts = self.contexts(of: build, owner, &target)
        if !contexts.isEmpty { target.add("contexts", .map(contexts)) }
        if let dockerfile = compose.dockerfile { target.add("dockerfile", .text(target.template(dockerfile.value))) }
        if let inline = compose.inlineDockerfile {
            target.add("dockerfile-inline", .text(target.template(manifest.tree.text(inline))))
        }
        if let stage = compose.target { target.add("target", .text(target.template(stage.value))) }
        let arguments = compose.arguments.settled
        if !arguments.isEmpty {
            // An argument without a value is taken from the environment.
            target.add(
                "args",
                .map(arguments.map { ($0.name, $0.value.map { target.template($0) } ?? target.environment($0.name)) }))
        }
        let own = BuildDocument.labels(of: build, plan)
        let labels = compose.labels.settled.filter { label in !own.contains { $0.0 == label.name } }
        target.add("labels", .map(labels.map { ($0.name, target.template($0.value ?? "")) } + own))
        addTags(build, &target)
        let stated = manifest.images[build.images[0]].platforms.map(\.value)
        let platforms = stated.isEmpty ? target.templates(compose.platforms) : stated
        if !platforms.isEmpty { target.add("platforms", .list(platforms)) }
        let cache = plan.cacheReference(of: build).map { target.template($0) }
        target.addList("cache-from", with(cache.map { CacheEntry.reading($0) }, target.templates(options.cacheFrom)))
        target.addList("cache-to", with(cache.map { CacheEntry.writing($0) }, target.templates(options.cacheTo)))
        target.addList("no-cache-filter", target.templates(options.noCacheFilter))
        target.addList("entitlements", entitlements(options, &target))
        if BuildOptions.isOn(options.noCache) { target.add("no-cache", .flag(true)) }
        if BuildOptions.isOn(options.pull) { target.add("pull", .flag(true)) }
        if let network = options.network { target.add("network", .text(target.template(network.value))) }
        if let size = options.shmSize { target.add("shm-size", .text(target.template(size.value))) }
        target.addList("ulimits", options.ulimits.map { "\($0.name)=\($0.soft)" + ($0.hard.map { ":\($0)" } ?? "") })
        if !options.extraHosts.isEmpty {
            target.add(
                "extra-hosts",
                .map(options.extraHosts.map { ($0.name, target.template($0.addresses.joined(separator: ","))) })
            )
        }
        let attestations = plan.attestations
        target.addList(
            "attest",
            attest("provenance", attestations?.provenance ?? options.provenance)
                + attest("sbom", attestations?.sbom ?? options.sbom))
        target.addList(
            "ssh", options.ssh.map { key in key.value.map { key.name + "=" + target.template($0) } ?? key.name })
        target.addList("secret", options.secrets.map { secret($0, of: build, owner, &target) })
        return target
    }

    private func addTags(_ build: Build, _ target: inout BakeTarget) {
        target.add(
            "tags",
            .list(build.images.map { target.template(plan.references[$0]) } + target.templates(build.build.tags)))
    }

    /// Texts with one more, once.
    private func with(_ more: String?, _ texts: [String]) -> [String] {
        guard let more else { return texts }
        return texts.filter { $0 != more } + [more]
    }

    /// What the build may do beyond others; `privileged` is a word of Compose alone.
    private func entitlements(_ options: BuildOptions, _ target: inout BakeTarget) -> [String] {
        let stated = target.templates(options.entitlements)
        let insecure = "security.insecure"
        return BuildOptions.isOn(options.privileged) && !stated.contains(insecure) ? stated + [insecure] : stated
    }

    /// An attestation as Buildx asks for it: `true` and `false` of Compose switch it, all else are its parameters.
    private func attest(_ type: String, _ stated: Spanned<String>?) -> [String] {
        guard let text = stated?.value, !text.isEmpty, !text.utf8.contains(UInt8(ascii: "$")) else { return [] }
        switch BuildOptions.flag(text) {
        case true?: return ["type=\(type)"]
        case false?: return ["type=\(type),disabled=true"]
        // Buildx's own options have this word, too.
        case nil: return ["type=\(type)," + (text == "max" || text == "min" ? "mode=" + text : text)]
        }
    }

    /// The named contexts, each once.
    private func contexts(of build: Build, _ owner: String, _ target: inout BakeTarget) -> [(String, String)] {
        var contexts: [(String, String)] = []
        var isKnown: Set<String> = []
        for context in plan.namedContexts(of: build) {
            let base = context.image.flatMap { plan.buildOfImage[$0] }
            let name = target.template(context.name)
            let value =
                base.map { "target:\(names[$0])" }
                ?? context.stated.map { target.template(Self.place($0, owner)) } ?? ""
            if isKnown.insert(name).inserted { contexts.append((name, value)) }
        }
        return contexts
    }

    /// A context as Buildx finds it from the manifest's folder: a local path below the owner's, anything else as it is.
    private static func place(_ context: BuildContext, _ owner: String) -> String {
        guard context.kind == .folder else { return context.text }
        return place(context.text, owner)
    }

    /// A file of the owner as Buildx finds it from the manifest's folder.
    private static func place(file path: String, _ owner: String) -> String {
        let isRelative = path.utf8.first.map { !"/~$".utf8.contains($0) } ?? true
        return isRelative ? place(path, owner) : path
    }

    /// A path that is relative to the owner's folder.
    private static func place(_ path: String, _ owner: String) -> String {
        let joined = WorkspacePath.clean(owner + "/" + path)
        // Buildx would take `user@host:path`, `github.com/path` and `target:name` for something else than folders.
        let first = joined.utf8.prefix { $0 != UInt8(ascii: "/") }
        let isPlain = !first.elementsEqual("github.com".utf8) && !first.contains(UInt8(ascii: ":"))
        return isPlain ? joined : "./" + joined
    }

    /// One of the build's secrets with its source, which the owner's `secrets` state.
    private func secret(
        _ grant: BuildOptions.SecretGrant, of build: Build, _ owner: String, _ target: inout BakeTarget
    ) -> String {
        let tree = manifest.tree
        let source = grant.source.map { tree.text($0) } ?? ""
        var text = "id=\(grant.target ?? source)"
        if let declaration = secrets[build.owner]?[source] {
            if let file = tree.value("file", in: declaration) {
                text += ",src=" + target.template(Self.place(file: tree.text(file), owner))
            } else if let variable = tree.value("environment", in: declaration) {
                text += ",env=" + target.template(tree.text(variable))
            }
        }
        return text
    }
}
