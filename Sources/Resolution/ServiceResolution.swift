import ComposeSpec
import SourceText
import StrategyManifest
import YAMLSyntax

extension Resolution {
    mutating func resolveVariants() {
        variants.reserveCapacity(manifest.environments.count + 1)
        var merger = ServiceMerger(for: &manifest.tree)
        var mounts = ImageMounts()
        variants.append(resolveVariant(nil, &merger, &mounts))
        for index in manifest.environments.indices { variants.append(resolveVariant(index, &merger, &mounts)) }
    }

    private mutating func resolveVariant(
        _ environmentIndex: Int?, _ merger: inout ServiceMerger, _ mounts: inout ImageMounts
    ) -> Variant {
        let environment = environmentIndex.map { manifest.environments[$0] }
        let images = lastByName(environment?.images) { $0.name }
        let projects = lastByName(environment?.projects) { $0.name }
        var variant = Variant(
            environment: environmentIndex,
            references: manifest.images.map { reference(of: $0, in: environment, override: images[$0.name.symbol]) })
        mounts.begin(variant.references)
        variant.projects.reserveCapacity(manifest.projects.count)
        for index in manifest.projects.indices {
            let override = projects[manifest.projects[index].name.symbol]
            variant.projects.append(resolveProject(index, in: environment, override: override, &merger, &mounts))
        }
        return variant
    }

    private mutating func resolveProject(
        _ index: Int, in environment: Environment?, override: Environment.ProjectOverride?,
        _ merger: inout ServiceMerger, _ mounts: inout ImageMounts
    ) -> ResolvedProject {
        let project = manifest.projects[index]
        let changes = lastByName(override?.services) { $0.name }
        let template = override?.containerName ?? project.containerName ?? manifest.naming.container
        var resolved = ResolvedProject(project: index, template: template)
        resolved.services.reserveCapacity(project.services.count)
        let projectName = manifest.text(project.name)
        for service in project.services {
            let change = changes[service.name.symbol]?.body
            if let change, manifest.tree.isNull(change) { continue }
            resolved.services.append(
                resolveService(
                    service, projectName: projectName, template: template,
                    stronger: [environment?.defaultService, change].compactMap { $0 }, &merger, &mounts))
        }
        return resolved
    }

    private mutating func resolveService(
        _ service: Service, projectName: String, template: Template, stronger: [NodeID],
        _ merger: inout ServiceMerger, _ mounts: inout ImageMounts
    ) -> ResolvedService {
        var imageName = service.image
        for layer in stronger {
            if let value = manifest.tree.value(keys.image, in: layer), manifest.tree[value].kind == .scalar {
                imageName = Name(manifest.tree.internText(of: value), at: manifest.tree[value].span)
            }
        }
        let image = manifest.imageIndex[imageName.symbol]
        var layers: [NodeID] = []
        if let node = manifest.defaultService { layers.append(node) }
        if let image, let node = manifest.images[image].service { layers.append(node) }
        if manifest.tree[service.body].kind == .mapping { layers.append(service.body) }
        for layer in stronger where manifest.tree[layer].kind == .mapping { layers.append(layer) }
        var body = layers.isEmpty ? service.body : merger.merge(layers, in: &manifest.tree)
        var statedName: NodeID?
        for layer in layers.reversed() where statedName == nil {
            statedName = manifest.tree.value(keys.containerName, in: layer)
        }
        var facts = BodyFacts()
        for (key, value) in manifest.tree.entries(body) {
            let symbol = manifest.tree[key].symbol
            if symbol == keys.profiles { facts.profiles = value }
            if symbol == keys.pullPolicy { facts.pullPolicy = value }
            if symbol == keys.scale { facts.replicas = value }
            if symbol == keys.volumes { facts.volumes = value }
            if symbol == keys.deploy, let count = manifest.tree.value(keys.replicas, in: value) {
                facts.replicas = count
            }
        }
        let mounted = facts.volumes.map { mounts.apply(to: &body, $0, &self.manifest, keys, mountKeys) } ?? []
        let name: ResolvedService.ContainerName
        if let statedName {
            name =
                manifest.tree.isNull(statedName) || manifest.tree[statedName].kind != .scalar
                ? .chosenByCompose
                : .literal(manifest.tree.internText(of: statedName), manifest.tree[statedName].span)
        } else if !template.isKnown {
            name = .chosenByCompose
        } else if let replicas = facts.replicas, manifest.tree.text(replicas) != "1" {
            name = .chosenByCompose
        } else {
            let owner = image.flatMap { manifest.images[$0].owner }
            let text = template.expanded(
                project: projectName, service: manifest.text(service.name), image: manifest.text(imageName),
                owner: owner.map { manifest.text($0) } ?? projectName)
            name = .template(manifest.tree.symbols.intern(text))
        }
        return ResolvedService(
            name: service.name, image: image, imageName: imageName, body: body, containerName: name,
            profiles: facts.profiles, pullPolicy: facts.pullPolicy, mountedImages: mounted)
    }

    /// What an environment says, by the name of what it says it of; the last word counts.
    private func lastByName<Override>(
        _ overrides: [Override]?, _ name: (Override) -> Name
    ) -> [Symbol: Override] {
        guard let overrides else { return [:] }
        return Dictionary(overrides.map { (name($0).symbol, $0) }) { _, last in last }
    }

    /// What a merged body says that Bayplan acts on.
    private struct BodyFacts {
        var profiles: NodeID?
        var pullPolicy: NodeID?
        var replicas: NodeID?
        var volumes: NodeID?
    }
}
