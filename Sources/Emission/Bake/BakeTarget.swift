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

    private let plan: Plan
    private let build: Build

    init(_ plan: Plan, _ layout: Layout, _ names: BakeNames, build index: Int) {
        self.plan = plan
        build = plan.builds[index]
        let tree = plan.tree
        let owner = plan.manifest.projects[build.owner].path.value
        let isShort = tree[build.node].kind == .scalar
        func value(_ key: String) -> NodeID? { isShort ? nil : tree.value(key, in: build.node) }

        let context = isShort ? tree.text(build.node) : value("context").map { tree.text($0) } ?? "."
        add("context", .text(template(Self.place(context, owner, layout))))
        var contexts: [(String, String)] = []
        for base in build.bases {
            for image in plan.builds[base].images
            where plan.resolution.needs[build.images[0]].contains(where: { $0.base == image }) {
                contexts.append((Self.contextName(plan.variants[0].references[image]), "target:\(names.targets[base])"))
            }
        }
        for (name, place) in pairs(value("additional_contexts")) {
            contexts.append((name, namedContext(place ?? "", owner, layout, names)))
        }
        if !contexts.isEmpty { add("contexts", .map(contexts)) }
        if let dockerfile = value("dockerfile") { add("dockerfile", .text(template(tree.text(dockerfile)))) }
        if let inline = value("dockerfile_inline") { add("dockerfile-inline", .text(template(tree.text(inline)))) }
        if let target = value("target") { add("target", .text(template(tree.text(target)))) }
        let arguments = pairs(value("args"))
        if !arguments.isEmpty {
            // An argument without a value is taken from the environment.
            let values = arguments.map { ($0.0, $0.1.map { template($0) } ?? environment($0.0)) }
            add("args", .map(values))
        }
        let own = BuildDocument.labels(of: build, plan)
        let labels = pairs(value("labels")).filter { label in !own.contains { $0.0 == label.0 } }
        add("labels", .map(labels.map { ($0.0, template($0.1 ?? "")) } + own))
        let extraTags = list(value("tags"))
        add("tags", .list(build.images.map { plan.variants[0].references[$0] } + extraTags))
        let stated = plan.manifest.images[build.images[0]].platforms.map(\.value)
        let platforms = stated.isEmpty ? list(value("platforms")) : stated
        if !platforms.isEmpty { add("platforms", .list(platforms)) }
        for (key, name) in Self.lists {
            let items = list(value(key))
            if !items.isEmpty { add(name, .list(items)) }
        }
        for (key, name) in Self.flags {
            if let node = value(key), tree.text(node) == "true" { add(name, .flag(true)) }
        }
        if let network = value("network") { add("network", .text(template(tree.text(network)))) }
        if let size = value("shm_size") { add("shm-size", .text(template(tree.text(size)))) }
        let sshKeys = pairs(value("ssh")).map { name, path in path.map { name + "=" + template($0) } ?? name }
        if !sshKeys.isEmpty { add("ssh", .list(sshKeys)) }
        let secrets = self.secrets(value("secrets"), owner, layout)
        if !secrets.isEmpty { add("secret", .list(secrets)) }
    }

    /// The name by which BuildKit looks for the context of a `FROM`: the reference without `:latest` (measured: under
    /// `base:latest`, moby 26.1 does not find the context of `FROM base:latest`; under `base` it does).
    private static func contextName(_ reference: String) -> String {
        let tag = ":latest"
        return reference.hasSuffix(tag) ? String(reference.dropLast(tag.count)) : reference
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

    private mutating func add(_ name: String, _ value: Value) { members.append((name, value)) }

    /// Keys of a Compose build and what Buildx calls them.
    private static let lists = [
        ("cache_from", "cache-from"), ("cache_to", "cache-to"), ("no_cache_filter", "no-cache-filter"),
        ("entitlements", "entitlements"),
    ]
    private static let flags = [("no_cache", "no-cache"), ("pull", "pull")]

    /// A list, or a single text that stands for one.
    private mutating func list(_ node: NodeID?) -> [String] {
        guard let node else { return [] }
        if plan.tree[node].kind == .scalar { return [template(plan.tree.text(node))] }
        return plan.tree.items(node).map { template(plan.tree.text($0)) }
    }

    /// The entries of a mapping or of a list of `name=value`; a value that is not there is nil.
    private func pairs(_ node: NodeID?) -> [(String, String?)] {
        guard let node else { return [] }
        let tree = plan.tree
        if tree[node].kind == .mapping {
            return tree.entries(node).map { (tree.text($0.key), tree.isNull($0.value) ? nil : tree.text($0.value)) }
        }
        return tree.items(node).map { item in
            let text = tree.text(item)
            guard let equals = text.firstIndex(of: "=") else { return (text, nil) }
            return (String(text[..<equals]), String(text[text.index(after: equals)...]))
        }
    }

    /// A context as Buildx finds it from the manifest's folder: a local path below the owner's, anything else as it is.
    private static func place(_ context: String, _ owner: String, _ layout: Layout) -> String {
        let isRemote = context.contains("://") || context.hasPrefix("git@") || context.hasPrefix("github.com/")
        if isRemote || context.hasPrefix("/") || context.hasPrefix("~") || context.hasPrefix("$") { return context }
        return WorkspacePath.clean(owner + "/" + context)
    }

    private mutating func namedContext(
        _ place: String, _ owner: String, _ layout: Layout, _ names: BakeNames
    ) -> String {
        let scheme = "docker-image://"
        if place.hasPrefix(scheme),
            case .success(let reference) = ImageReference.parse(String(place.dropFirst(scheme.count)))
        {
            for (index, other) in plan.builds.enumerated() {
                for image in other.images
                where plan.resolution.variants[0].references[image].normalized == reference.normalized {
                    return "target:\(names.targets[index])"
                }
            }
        }
        return template(Self.place(place, owner, layout))
    }

    /// The build's secrets with their sources, which the owner's `secrets` state.
    private mutating func secrets(_ node: NodeID?, _ owner: String, _ layout: Layout) -> [String] {
        guard let node else { return [] }
        let tree = plan.tree
        let declared = plan.manifest.projects[build.owner].sections.first { tree.text($0.key) == "secrets" }?.value
        var result: [String] = []
        for item in tree.items(node) {
            let isShort = tree[item].kind == .scalar
            let source = isShort ? tree.text(item) : tree.value("source", in: item).map { tree.text($0) } ?? ""
            let target = isShort ? source : tree.value("target", in: item).map { tree.text($0) } ?? source
            var text = "id=\(target)"
            if let declaration = declared.flatMap({ tree.value(source, in: $0) }) {
                if let file = tree.value("file", in: declaration) {
                    text += ",src=" + template(Self.place(tree.text(file), owner, layout))
                } else if let variable = tree.value("environment", in: declaration) {
                    text += ",env=" + template(tree.text(variable))
                }
            }
            result.append(text)
        }
        return result
    }

    private mutating func template(_ value: String) -> String {
        guard value.contains("$") || value.contains("%") else { return value }
        return text(of: HCLTemplate(compose: value))
    }

    /// The value of an environment variable.
    private mutating func environment(_ name: String) -> String { text(of: HCLTemplate(valueOf: name)) }

    private mutating func text(of template: HCLTemplate) -> String {
        for variable in template.variables where !variables.contains(variable) { variables.append(variable) }
        return template.text
    }
}
