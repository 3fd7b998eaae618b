import ComposeSpec
import Resolution
import StrategyManifest
import YAMLSyntax

/// Names that an engine holds once, inside bodies and sections.
extension InstanceWork {
    /// The sections with the instance in the name of each network and volume that a project of the workspace creates, and
    /// that does not have it by its project's name.
    mutating func carrySections(
        of project: PlannedProject, _ created: CreatedResources
    ) -> [(key: NodeID, value: NodeID)] {
        var names: [NodeID: String] = [:]
        resolution.eachResource(of: project.sections) { section, resource in
            let tree = resolution.manifest.tree
            if !resource.isExternal {
                if let stated = resource.statedName { names[resource.key] = tree.text(stated) + suffix }
                return
            }
            let name = resource.name(in: "", tree)
            guard let creator = created.creator(of: name, section: section) else { return }
            if creator.isNameStated {
                names[resource.key] = name + suffix
            } else {
                let owner = resolution.manifest.text(resolution.manifest.projects[creator.project].name)
                names[resource.key] = owner + suffix + name.dropFirst(owner.count)
            }
        }
        if names.isEmpty { return project.sections }
        return project.sections.map { key, value in
            let entries = resolution.manifest.tree.entries(value).map { entry in
                (entry.key, names[entry.key].map { naming(entry.value, $0) } ?? entry.value)
            }
            let isChanged = zip(entries, resolution.manifest.tree.entries(value)).contains { $0.1 != $1.value }
            guard isChanged else { return (key, value) }
            let span = resolution.manifest.tree[value].span
            return (
                key,
                resolution.manifest.tree.addMapping(entries, style: resolution.manifest.tree[value].style, at: span)
            )
        }
    }

    /// A network or volume with another name, in whichever form it has one.
    private mutating func naming(_ resource: NodeID, _ name: String) -> NodeID {
        let node = resolution.manifest.tree.addString(name, at: resolution.manifest.tree[resource].span)
        if resolution.manifest.tree.value(symbols.name, in: resource) == nil,
            let external = resolution.manifest.tree.value(symbols.external, in: resource),
            resolution.manifest.tree.value(symbols.name, in: external) != nil
        {
            let inner = resolution.manifest.tree.replacing(symbols.name, by: node, in: external)
            return resolution.manifest.tree.replacing(symbols.external, by: inner, in: resource)
        }
        return resolution.manifest.tree.setting(symbols.name, "name", to: node, in: resource)
    }

    /// The body with the instance in the references of the images that it mounts.
    mutating func carryMounts(of service: PlannedService, _ variant: Int, _ references: [String]) -> NodeID {
        var carrying: [ImageReference: Int] = [:]
        for image in service.mountedImages where resolution.carriesInstance(image, in: variant) {
            carrying[resolution.variants[variant].references[image].normalized] = image
        }
        guard !carrying.isEmpty, let list = resolution.manifest.tree.value(symbols.volumes, in: service.body) else {
            return service.body
        }
        let items = Array(resolution.manifest.tree.items(list)).map { item in
            guard let mount = ServiceMount(item, resolution.mountKeys, of: resolution.manifest.tree),
                mount.kind == .image,
                let source = mount.source?.node,
                case .success(let stated) = ImageReference.parse(resolution.manifest.tree.text(source)),
                let image = carrying[stated.normalized]
            else { return item }
            let node = resolution.manifest.tree.addString(
                references[image], at: resolution.manifest.tree[source].span)
            return resolution.manifest.tree.replacing(symbols.source, by: node, in: item)
        }
        return resolution.manifest.tree.setting(symbols.volumes, to: items, in: service.body)
    }

    /// The body with the instance in the names of the workspace's containers: `network_mode: container:shop-api`.
    mutating func carryContainers(in body: NodeID, _ containers: Set<Symbol>) -> NodeID {
        var body = body
        for key in symbols.sharing {
            guard let value = resolution.manifest.tree.value(key, in: body) else { continue }
            let carried = carryingContainer(value, behind: "container:", containers)
            if carried != value { body = resolution.manifest.tree.replacing(key, by: carried, in: body) }
        }
        for (key, beginning) in [(symbols.volumesFrom, "container:"), (symbols.externalLinks, "")] {
            guard let list = resolution.manifest.tree.value(key, in: body) else { continue }
            let items = Array(resolution.manifest.tree.items(list))
            let carried = items.map { carryingContainer($0, behind: beginning, containers) }
            if carried != items { body = resolution.manifest.tree.setting(key, to: carried, in: body) }
        }
        return body
    }

    private mutating func carryingContainer(
        _ node: NodeID, behind beginning: String, _ containers: Set<Symbol>
    ) -> NodeID {
        let text = resolution.manifest.tree.text(node)
        guard text.hasPrefix(beginning) else { return node }
        let rest = text.dropFirst(beginning.count)
        let name = rest.prefix { $0 != ":" }
        guard let symbol = resolution.manifest.tree.symbols.find(String(name)), containers.contains(symbol) else {
            return node
        }
        let carried = beginning + name + suffix + rest.dropFirst(name.count)
        return resolution.manifest.tree.addString(carried, at: resolution.manifest.tree[node].span)
    }

    /// A build whose further tags carry the instance, but for those of a registry; nil for one that has none.
    static func carryTags(
        of build: ComposeBuild, _ suffix: String, _ symbols: InstanceSymbols, _ tree: inout Tree
    ) -> ComposeBuild? {
        guard !build.tags.isEmpty, let list = tree.value(symbols.tags, in: build.node), tree[list].kind == .sequence
        else {
            return nil
        }
        let items = Array(tree.items(list)).map { item in
            let text = tree.text(item)
            guard case .success(let reference) = ImageReference.parse(text), reference.domain == nil,
                reference.digest == nil
            else { return item }
            let tagged = reference.tag == nil && !ImageReference.endsInVariable(text) ? text + ":latest" : text
            return tree.addString(tagged + suffix, at: tree[item].span)
        }
        return ComposeBuild(tree.setting(symbols.tags, to: items, in: build.node), of: tree)
    }
}
