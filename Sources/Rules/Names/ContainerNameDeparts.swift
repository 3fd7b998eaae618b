import Diagnostics
import Resolution
import SourceText
import StrategyManifest
import YAMLSyntax

/// BP108: a container whose stated name is not the one that its project's template makes.
enum ContainerNameDeparts: Rule {
    static let code = Code.containerNameDeparts
    static let summary = "A `container_name` in a service that differs from what the project's template would make."
    static let rationale = "Whoever knows the template guesses such a container's name wrongly."
    static let configuring: String? =
        "`naming.container` and a project's `container_name` are the templates."

    static let runsLast = true

    static func check(_ context: inout RuleContext) {
        let (manifest, tree, key) = (context.manifest, context.tree, context.resolution.keys.containerName)
        // A name that is wrong anyway has been told.
        var told: Set<Span> = []
        var seen: Set<Span> = []
        for item in context.diagnostics.items
        where item.code == .invalidContainerName || item.code == .containerNameTaken {
            told.insert(item.primary.location.span)
            for label in item.secondary { told.insert(label.location.span) }
        }
        for variant in context.resolution.variants {
            for resolved in variant.projects where resolved.template.isKnown {
                let project = manifest.text(manifest.projects[resolved.project].name)
                for service in resolved.services {
                    guard case .literal(let symbol, let span) = service.containerName, seen.insert(span).inserted
                    else { continue }
                    let owner = service.image.flatMap { manifest.images[$0].owner }
                    let expected = resolved.template.expanded(
                        project: project, service: manifest.text(service.name), image: manifest.text(service.imageName),
                        owner: owner.map { manifest.text($0) } ?? project)
                    let name = tree.text(symbol)
                    if name == expected || isLeftToCompose(service, key, manifest, tree) { continue }
                    if told.contains(span) {
                        context.untold.append((code, span))
                        continue
                    }
                    if context.countsOnly(code) { continue }
                    let template = resolved.template.span
                    context.report(
                        code, "the container name `\(name)` departs from the project's template", at: span,
                        "the template makes `\(expected)`",
                        also: template.count > 0 ? [context.label(template, "the template")] : [],
                        help: [
                            "remove `container_name`, or change the template of `\(project)`",
                            "if the name is wanted elsewhere: `# bayplan: allow(\(code.name)) <reason>` on this line",
                        ])
                }
            }
        }
    }

    /// Whether what lies under a service leaves the name to Compose: no template holds for it then.
    private static func isLeftToCompose(
        _ service: ResolvedService, _ key: Symbol, _ manifest: Manifest, _ tree: Tree
    ) -> Bool {
        let layers = [service.image.flatMap { manifest.images[$0].service }, manifest.defaultService]
        guard let stated = layers.lazy.compactMap({ $0.flatMap { tree.value(key, in: $0) } }).first else {
            return false
        }
        return tree.isNull(stated)
    }
}
