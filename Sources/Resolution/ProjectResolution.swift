import ComposeSpec
import SourceText
import StrategyManifest
import YAMLSyntax

extension Resolution {
    mutating func resolveProject(
        _ index: Int, _ layers: VariantLayers, _ override: Environment.ProjectOverride?, _ work: inout VariantWork
    ) -> ResolvedProject {
        let project = manifest.projects[index]
        var resolved = ResolvedProject(
            project: index, template: override?.containerName ?? project.containerName ?? manifest.naming.container,
            profiles: override?.profiles ?? (layers.isComplete ? nil : project.profiles),
            sections: sections(of: project, override, isComplete: layers.isComplete, &work))
        let stated = override?.services ?? []
        let changes = Dictionary(stated.map { ($0.name.symbol, $0.body) }, uniquingKeysWith: { _, last in last })
        resolved.services.reserveCapacity(project.services.count)
        let projectName = manifest.text(project.name)
        for service in project.services where !layers.isComplete {
            let change = changes[service.name.symbol]
            if let change, manifest.tree.isNull(change) || manifest.tree[change].tag == .reset { continue }
            resolved.services.append(
                resolveService(service, in: resolved, projectName: projectName, change: change, layers, &work))
        }
        guard !stated.isEmpty else { return resolved }
        var known = layers.isComplete ? [] : Set(project.services.map(\.name.symbol))
        for (name, _) in stated where known.insert(name.symbol).inserted {
            guard let body = changes[name.symbol], manifest.tree[body].tag != .reset else { continue }
            let service = Service(name: name, body: body, image: name, statesImage: false, isImageKnown: true)
            resolved.services.append(
                resolveService(service, in: resolved, projectName: projectName, change: body, layers, &work))
        }
        return resolved
    }

    /// The project's networks, volumes, configs, secrets and models in a variant, and what else is copied through.
    private mutating func sections(
        of project: Project, _ override: Environment.ProjectOverride?, isComplete: Bool, _ work: inout VariantWork
    ) -> [(key: NodeID, value: NodeID)] {
        let own = isComplete ? [] : project.sections
        guard let stronger = override?.sections, !stronger.isEmpty else { return own }
        var merger = work.sectionMerger ?? ServiceMerger.ofSections(for: &manifest.tree)
        let layers = [own, stronger].map { manifest.tree.addMapping($0, at: project.name.span) }
        let merged = merger.merge(layers, in: &manifest.tree)
        work.sectionMerger = merger
        let untouched = Set(own.map(\.value))
        return manifest.tree.entries(merged).filter { key, value in
            // A section of which everything is gone is not written.
            manifest.tree[value].kind != .mapping || !manifest.tree.entries(value).isEmpty
                || untouched.contains(value)
        }
    }
}
