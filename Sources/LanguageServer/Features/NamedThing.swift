import ComposeSpec
import SourceText
import StrategyManifest
import YAMLSyntax

/// Something of the manifest that has a name and is referred to by it.
enum NamedThing: Hashable, Sendable {
    case image(Symbol)
    case project(Symbol)
    /// A service of a project, by the project's index.
    case service(Int, String)
    /// A network, volume, config or secret of a project: the section's key.
    case resource(Int, section: String, String)

    /// A place where the name stands.
    struct Occurrence: Sendable {
        enum Role: Sendable {
            case definition, reference
            /// A service that runs the image of its own name without saying so.
            case namesake
        }

        let thing: NamedThing
        let span: Span
        let role: Role
    }
}

extension Manifest {
    /// Every place that names something, in no order; each once.
    func occurrences() -> [NamedThing.Occurrence] {
        var collector = OccurrenceCollector(manifest: self)
        collector.collect()
        return collector.found
    }
}

/// Walks a manifest for the places where names stand.
private struct OccurrenceCollector {
    /// What one environment says of one project.
    private struct Override: Hashable {
        let environment: Int
        let project: Int
    }

    let manifest: Manifest
    var found: [NamedThing.Occurrence] = []
    /// Where the names of services stand that environments add.
    private let added: [Override: Set<Span>]
    /// By project, the services that it declares itself, for the projects that environments say something of.
    private var declared: [Int: Set<Symbol>] = [:]

    private var tree: Tree { manifest.tree }

    init(manifest: Manifest) {
        self.manifest = manifest
        added = Dictionary(grouping: manifest.addedServices) {
            Override(environment: $0.environment, project: $0.project)
        }
        .mapValues { Set($0.map(\.name.span)) }
    }

    mutating func collect() {
        for image in manifest.images {
            add(.image(image.name.symbol), image.name.span, .definition)
            if let owner = image.owner { add(.project(owner.symbol), owner.span) }
            for need in image.needs { add(.image(need.symbol), need.span) }
            if let build = image.build, let owner = image.owner, let project = manifest.projectIndex[owner.symbol] {
                addContexts(of: build, project)
            }
        }
        for (index, project) in manifest.projects.enumerated() {
            add(.project(project.name.symbol), project.name.span, .definition)
            for (key, value) in project.sections { addSection(key, value, index) }
            for target in project.after {
                add(.project(target.project.symbol), target.project.span)
                if let service = target.service, let other = manifest.projectIndex[target.project.symbol] {
                    add(.service(other, manifest.text(service)), service.span)
                }
            }
            for service in project.services {
                add(.service(index, manifest.text(service.name)), service.name.span, .definition)
                add(
                    .image(service.image.symbol), service.image.span,
                    service.statesImage ? .reference : .namesake)
                addBody(service.body, index)
            }
        }
        for (index, environment) in manifest.environments.enumerated() {
            for image in environment.images { addOverride(image) }
            for project in environment.projects { addOverride(project, index) }
        }
    }

    private mutating func addOverride(_ image: Environment.ImageOverride) {
        add(.image(image.name.symbol), image.name.span)
        guard let build = image.build, let declared = manifest.imageIndex[image.name.symbol],
            let owner = manifest.images[declared].owner, let project = manifest.projectIndex[owner.symbol]
        else { return }
        addContexts(of: ComposeBuild(build, of: tree), project)
    }

    /// What an environment says of a project: what the project does not have is defined there.
    private mutating func addOverride(_ project: Environment.ProjectOverride, _ environment: Int) {
        add(.project(project.name.symbol), project.name.span)
        guard let index = manifest.projectIndex[project.name.symbol] else { return }
        for (key, value) in project.sections {
            let declared = manifest.projects[index].sections.filter { tree[$0.key].symbol == tree[key].symbol }
            for (name, _) in tree.entries(value) {
                let isDeclared = declared.contains { tree.value(tree[name].symbol, in: $0.value) != nil }
                add(
                    .resource(index, section: tree.text(key), tree.text(name)), tree[name].span,
                    isDeclared ? .reference : .definition)
            }
        }
        let added = self.added[Override(environment: environment, project: index)] ?? []
        let declared = self.declared[index] ?? Set(manifest.projects[index].services.map(\.name.symbol))
        self.declared[index] = declared
        for (name, body) in project.services {
            let isDefinition = added.contains(name.span) && !declared.contains(name.symbol)
            add(.service(index, manifest.text(name)), name.span, isDefinition ? .definition : .reference)
            if let image = tree.value("image", in: body), let symbol = tree.symbols.find(tree.text(image)) {
                add(.image(symbol), tree[image].span)
            } else if added.contains(name.span) {
                add(.image(name.symbol), name.span, .namesake)
            }
            addBody(body, index)
        }
    }

    private mutating func add(
        _ thing: NamedThing, _ span: Span, _ role: NamedThing.Occurrence.Role = .reference
    ) {
        found.append(.init(thing: thing, span: span, role: role))
    }

    /// The services `service:S` that a build takes as contexts.
    private mutating func addContexts(of build: ComposeBuild, _ project: Int) {
        for named in build.contexts where named.context.isSettled {
            if case .service(let name) = named.context.kind { add(.service(project, name), named.serviceSpan) }
        }
    }

    private mutating func addSection(_ key: NodeID, _ value: NodeID, _ project: Int) {
        for (name, _) in tree.entries(value) {
            add(.resource(project, section: tree.text(key), tree.text(name)), tree[name].span, .definition)
        }
    }

    /// What a service's body names in its own project.
    private mutating func addBody(_ body: NodeID, _ project: Int) {
        for (key, value) in tree.entries(body) {
            let name = tree.text(key)
            switch name {
            case "depends_on", "links", "volumes_from":
                for node in names(value) { addService(node, 0, project) }
            case "network_mode", "ipc", "pid":
                let prefix = "service:"
                if tree.text(value).hasPrefix(prefix) { addService(value, prefix.utf8.count, project) }
            case "networks", "models":
                for node in names(value) { addResource(name, node, project) }
            case "volumes", "configs", "secrets":
                for item in tree.items(value) {
                    if let source = tree.value("source", in: item) { addResource(name, source, project) }
                    if tree[item].kind == .scalar { addResource(name, item, project) }
                }
            default: break
            }
        }
    }

    private func names(_ node: NodeID) -> [NodeID] {
        tree[node].kind == .mapping ? tree.entries(node).map(\.key) : Array(tree.items(node))
    }

    /// The name before the first colon.
    private func head(_ node: NodeID, from start: Int) -> (text: String, span: Span) {
        let bytes = tree.bytes(node)
        let rest = bytes.dropFirst(start)
        let name = rest.prefix { $0 != UInt8(ascii: ":") }
        let text = String(decoding: name, as: UTF8.self)
        let isWhole = name.count == bytes.count
        return (text, isWhole ? tree[node].span : tree.span(of: start..<start + name.count, in: node))
    }

    private mutating func addService(_ node: NodeID, _ start: Int, _ project: Int) {
        let (name, span) = head(node, from: start)
        add(.service(project, name), span)
    }

    private mutating func addResource(_ section: String, _ node: NodeID, _ project: Int) {
        let (name, span) = head(node, from: 0)
        guard let first = name.utf8.first, !"./~$".utf8.contains(first) else { return }
        add(.resource(project, section: section, name), span)
    }
}
