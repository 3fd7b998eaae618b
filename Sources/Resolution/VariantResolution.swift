import ComposeSpec
import StrategyManifest
import YAMLSyntax

extension Resolution {
    mutating func resolveVariants() {
        variants.reserveCapacity(manifest.environments.count + 1)
        var work = VariantWork(&manifest.tree)
        variants.append(resolveVariant(nil, &work))
        for index in manifest.environments.indices { variants.append(resolveVariant(index, &work)) }
    }

    /// What the variants of a manifest are made with, one after the other.
    struct VariantWork {
        var merger: ServiceMerger
        /// Made for the first environment that says something of a project's sections.
        var sectionMerger: ServiceMerger?
        var mounts = ImageMounts()

        init(_ tree: inout Tree) { merger = ServiceMerger(for: &tree) }
    }

    /// What lies under and over the services of one variant.
    struct VariantLayers {
        let environment: Environment?
        /// By the image's name, what lies over its `service` here.
        let imageServices: [Symbol: NodeID]

        /// Whether the environment stands alone.
        var isComplete: Bool { environment?.isComplete ?? false }
    }

    private mutating func resolveVariant(_ environmentIndex: Int?, _ work: inout VariantWork) -> Variant {
        let environment = environmentIndex.map { manifest.environments[$0] }
        let images = environment?.imagesByName ?? [:]
        let projects = environment?.projectsByName ?? [:]
        let layers = VariantLayers(environment: environment, imageServices: images.compactMapValues(\.service))
        var variant = Variant(
            environment: environmentIndex,
            references: manifest.images.map { reference(of: $0, in: environment, override: images[$0.name.symbol]) })
        variant.images = resolveImages(images, &work)
        work.mounts.begin(variant.references)
        variant.projects.reserveCapacity(manifest.projects.count)
        for index in manifest.projects.indices {
            let override = projects[manifest.projects[index].name.symbol]
            variant.projects.append(resolveProject(index, layers, override, &work))
        }
        if environment?.isSwarm ?? false { turnForSwarm(&variant) }
        return variant
    }

    /// The images as an environment builds them; nil where it builds all of them as development does.
    private mutating func resolveImages(
        _ overrides: [Symbol: Environment.ImageOverride], _ work: inout VariantWork
    ) -> [Image]? {
        guard overrides.values.contains(where: { $0.build != nil || $0.platforms != nil }) else { return nil }
        var images = manifest.images
        for index in images.indices {
            guard let override = overrides[images[index].name.symbol], let build = images[index].build else { continue }
            if let platforms = override.platforms { images[index] = images[index].released(for: platforms) }
            guard let stronger = override.build else { continue }
            // As a key of a service, whose merge rules know it.
            let layers = [build.node, stronger].map { node in
                let span = manifest.tree[node].span
                return manifest.tree.addMapping([(manifest.tree.addKey("build", at: span), node)], at: span)
            }
            let merged = work.merger.merge(layers, in: &manifest.tree)
            guard let node = manifest.tree.value(keys.build, in: merged) else { continue }
            images[index] = images[index].built(as: ComposeBuild(node, of: manifest.tree))
        }
        return images
    }
}
