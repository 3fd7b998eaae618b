import ComposeSpec
import StrategyManifest
import YAMLSyntax

extension Resolution {
    /// Takes out of builds, and of the projects' own networks, volumes and the like, what `!reset` marks, below which nothing
    /// lies, and the tags themselves: no file that is emitted is merged with another.
    mutating func settleTags() {
        guard manifest.tree.hasTags else { return }
        var merger = ServiceMerger.ofSections(for: &manifest.tree)
        for index in manifest.projects.indices where !manifest.projects[index].sections.isEmpty {
            let own = manifest.tree.addMapping(
                manifest.projects[index].sections, at: manifest.projects[index].name.span)
            let settled = merger.merge([own], in: &manifest.tree)
            manifest.projects[index].sections = Array(manifest.tree.entries(settled))
        }
        merger = ServiceMerger(for: &manifest.tree)
        for index in manifest.images.indices {
            guard let build = manifest.images[index].build else { continue }
            let span = manifest.tree[build.node].span
            let layer = manifest.tree.addMapping([(manifest.tree.addKey("build", at: span), build.node)], at: span)
            let settled = merger.merge([layer], in: &manifest.tree)
            guard let node = manifest.tree.value(keys.build, in: settled), node != build.node else { continue }
            manifest.images[index] = manifest.images[index].built(as: ComposeBuild(node, of: manifest.tree))
        }
    }
}
