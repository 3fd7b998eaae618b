import ComposeSpec
import SourceText
import StrategyManifest
import YAMLSyntax

extension Resolution {
    /// - Parameters:
    ///   - service: its body counts where the project declares it, and not where only an environment does.
    ///   - change: what the environment says of it.
    mutating func resolveService(
        _ service: Service, in project: ResolvedProject, projectName: String, change: NodeID?, _ around: VariantLayers,
        _ work: inout VariantWork
    ) -> ResolvedService {
        let template = project.template
        let stronger = [around.environment?.defaultService, change].compactMap { $0 }
        var imageName = service.image
        for layer in stronger {
            if let value = manifest.tree.value(keys.image, in: layer), manifest.tree[value].kind == .scalar {
                imageName = Name(manifest.tree.internText(of: value), at: manifest.tree[value].span)
            }
        }
        let image = manifest.imageIndex[imageName.symbol]
        var layers: [NodeID] = []
        if !around.isComplete {
            if let node = manifest.defaultService { layers.append(node) }
            if let image, let node = manifest.images[image].service { layers.append(node) }
        }
        if let node = around.imageServices[imageName.symbol] { layers.append(node) }
        if manifest.tree[service.body].kind == .mapping, service.body != change { layers.append(service.body) }
        for layer in stronger where manifest.tree[layer].kind == .mapping { layers.append(layer) }
        var body = layers.isEmpty ? service.body : work.merger.merge(layers, in: &manifest.tree)
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
        let mounted = facts.volumes.map { work.mounts.apply(to: &body, $0, &self.manifest, keys, mountKeys) } ?? []
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

    /// What a merged body says that Bayplan acts on.
    private struct BodyFacts {
        var profiles: NodeID?
        var pullPolicy: NodeID?
        var replicas: NodeID?
        var volumes: NodeID?
    }
}
