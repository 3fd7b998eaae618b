import ComposeSpec
import Diagnostics
import Planning
import SourceText
import StrategyManifest
import YAMLSyntax

/// One target of the bake file: what a Compose `build` says, in Buildx's words.
struct BakeTarget {
    /// A member of the target.
    private enum Value {
        case text(String)
        case list([String])
        case map([(String, String)])
        case flag(Bool)
    }

    private var members: [(name: String, value: Value)] = []
    /// The environment variables that the target reads.
    private(set) var variables: [String] = []
    /// Those that it tells unset from empty.
    private(set) var nullables: Set<String> = []

    /// Whether it reads folders or files that lie outside the manifest's folder.
    var readsOutside: Bool {
        members.contains { member in
            switch member.value {
            case .text(let text): member.name == "context" && Self.isOutside(text)
            case .map(let texts): member.name == "contexts" && texts.contains { Self.isOutside($0.1) }
            case .list(let texts): member.name == "secret" && texts.contains { $0.contains(",src=../") }
            case .flag: false
            }
        }
    }

    private static func isOutside(_ path: String) -> Bool { path == ".." || path.hasPrefix("../") }

    private let nullable: Set<String>
    private let plan: Plan
    private let build: Build

    /// A target that builds what another one does, under the tags of an environment.
    init(_ plan: Plan, inheriting target: String, build index: Int, nullable: Set<String>) {
        self.plan = plan
        self.nullable = nullable
        build = plan.builds[index]
        add("inherits", .list([target]))
        addTags()
    }

    /// - Parameters:
    ///   - names: for each build of the plan its target.
    ///   - nullable: the variables whose default is null.
    init(_ plan: Plan, _ layout: Layout, _ names: [String], build index: Int, nullable: Set<String>) {
        self.plan = plan
        self.nullable = nullable
        build = plan.builds[index]
        let compose = build.build
        let options = compose.options
        let owner = plan.manifest.projects[build.owner].path.value
        add("context", .text(template(Self.place(compose.context.value, owner))))
        let contexts = self.contexts(owner, names)
        if !contexts.isEmpty { add("contexts", .map(contexts)) }
        if let dockerfile = compose.dockerfile { add("dockerfile", .text(template(dockerfile.value))) }
        if let inline = compose.inlineDockerfile {
            add("dockerfile-inline", .text(template(plan.tree.text(inline))))
        }
        if let target = compose.target { add("target", .text(template(target.value))) }
        let arguments = compose.arguments.settled
        if !arguments.isEmpty {
            // An argument without a value is taken from the environment.
            add("args", .map(arguments.map { ($0.name, $0.value.map { template($0) } ?? environment($0.name)) }))
        }
        let own = BuildDocument.labels(of: build, plan)
        let labels = compose.labels.settled.filter { label in !own.contains { $0.0 == label.name } }
        add("labels", .map(labels.map { ($0.name, template($0.value ?? "")) } + own))
        addTags()
        let stated = plan.manifest.images[build.images[0]].platforms.map(\.value)
        let platforms = stated.isEmpty ? templates(compose.platforms) : stated
        if !platforms.isEmpty { add("platforms", .list(platforms)) }
        let cache = plan.cacheReference(of: build).map { template($0) }
        addList("cache-from", with(cache.map { CacheEntry.reading($0) }, templates(options.cacheFrom)))
        addList("cache-to", with(cache.map { CacheEntry.writing($0) }, templates(options.cacheTo)))
        addList("no-cache-filter", templates(options.noCacheFilter))
        addList("entitlements", entitlements(options))
        if BuildOptions.isOn(options.noCache) { add("no-cache", .flag(true)) }
        if BuildOptions.isOn(options.pull) { add("pull", .flag(true)) }
        if let network = options.network { add("network", .text(template(network.value))) }
        if let size = options.shmSize { add("shm-size", .text(template(size.value))) }
        addList("ulimits", options.ulimits.map { "\($0.name)=\($0.soft)" + ($0.hard.map { ":\($0)" } ?? "") })
        if !options.extraHosts.isEmpty {
            add(
                "extra-hosts", .map(options.extraHosts.map { ($0.name, template($0.addresses.joined(separator: ","))) })
            )
        }
        let attestations = plan.attestations
        addList(
            "attest",
            attest("provenance", attestations?.provenance ?? options.provenance)
                + attest("sbom", attestations?.sbom ?? options.sbom))
        addList("ssh", options.ssh.map { key in key.value.map { key.name + "=" + template($0) } ?? key.name })
        addList("secret", options.secrets.map { secret($0, owner) })
    }

    func write(to json: inout JSONWriter) {
        for (name, value) in members {
            switch value {
            case .text(let text): json.member(name, text)
            case .list(let items): json.array(name, of: items) { $0.string($1) }
            case .map(let entries): json.object(name) { json in for (key, text) in entries { json.member(key, text) } }
            case .flag(let isOn): json.member(name, isOn)
            }
        }
    }

    // MARK: Reading the build

    private mutating func addTags() {
        add("tags", .list(build.images.map { template(plan.references[$0]) } + templates(build.build.tags)))
    }

    private mutating func add(_ name: String, _ value: Value) { members.append((name, value)) }

    private mutating func addList(_ name: String, _ items: [String]) {
        if !items.isEmpty { add(name, .list(items)) }
    }

    private mutating func templates(_ texts: [Spanned<String>]) -> [String] { texts.map { template($0.value) } }

    /// Texts with one more, once.
    private func with(_ more: String?, _ texts: [String]) -> [String] {
        guard let more else { return texts }
        return texts.filter { $0 != more } + [more]
    }

    /// What the build may do beyond others; `privileged` is a word of Compose alone.
    private mutating func entitlements(_ options: BuildOptions) -> [String] {
        let stated = templates(options.entitlements)
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
    private mutating func contexts(_ owner: String, _ names: [String]) -> [(String, String)] {
        var contexts: [(String, String)] = []
        var isKnown: Set<String> = []
        for context in plan.namedContexts(of: build) {
            let base = context.image.flatMap { plan.buildOfImage[$0] }
            let name = template(context.name)
            let value =
                base.map { "target:\(names[$0])" }
                ?? context.stated.map { template(Self.place($0, owner)) } ?? ""
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
    private mutating func secret(_ grant: BuildOptions.SecretGrant, _ owner: String) -> String {
        let tree = plan.tree
        let source = grant.source.map { tree.text($0) } ?? ""
        let declared = plan.secrets(of: build.owner)?.value
        var text = "id=\(grant.target ?? source)"
        if let declaration = declared.flatMap({ tree.value(source, in: $0) }) {
            if let file = tree.value("file", in: declaration) {
                text += ",src=" + template(Self.place(file: tree.text(file), owner))
            } else if let variable = tree.value("environment", in: declaration) {
                text += ",env=" + template(tree.text(variable))
            }
        }
        return text
    }

    private mutating func template(_ value: String) -> String {
        guard value.utf8.contains(where: { $0 == UInt8(ascii: "$") || $0 == UInt8(ascii: "%") }) else { return value }
        return text(of: HCLTemplate(compose: value, nullable: nullable))
    }

    /// The value of an environment variable.
    private mutating func environment(_ name: String) -> String {
        text(of: HCLTemplate(valueOf: name, nullable: nullable))
    }

    private mutating func text(of template: HCLTemplate) -> String {
        nullables.formUnion(template.nullables)
        for variable in template.variables where !variables.contains(variable) { variables.append(variable) }
        return template.text
    }
}
