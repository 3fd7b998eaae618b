import Diagnostics
import Inspection

/// BP305: a declared base that the Dockerfile does not stand on.
enum BaseNotUsed: Rule {
    static let code = Code.baseNotUsed
    static let summary = "`needs` that no stage of the Dockerfile uses on the way to the target."
    static let rationale = "The image waits for a base that it does not stand on, and is rebuilt when that changes."

    static func check(_ context: inout RuleContext) {
        let (tree, images) = (context.resolution.manifest.tree, context.resolution.manifest.images)
        for build in context.builds where build.isComplete {
            let needs = context.resolution.needs[build.image]
            if needs.isEmpty { continue }
            let used = Set(build.uses.compactMap(\.base))
            lazy var unneeded = Dictionary(grouping: build.unneeded.filter { $0.base != nil }) { $0.base }
            for need in needs where need.base != build.image {
                if used.contains(need.base) { continue }
                let image = tree.text(images[build.image].name.symbol)
                let base = tree.text(images[need.base].name.symbol)
                var labels = (unneeded[need.base] ?? []).prefix(3).map { use in
                    Diagnostic.Label(use.location, "only a stage that the target does not need uses it")
                }
                if labels.isEmpty, let graph = build.graph, let text = build.text, let target = build.target {
                    let stage = graph.stages.stages[target]
                    labels.append(.init(text.location(stage.span, tree), "this is the stage that is built"))
                }
                context.report(
                    code, "`\(image)` is not built from `\(base)`", at: need.span,
                    "its Dockerfile does not use `\(base)`", also: labels,
                    help: [need.isContext ? "remove this context" : "remove it from `needs`"])
            }
        }
    }
}

extension BaseUse {
    /// The image of the manifest that is meant, whatever its tag.
    fileprivate var base: Int? {
        switch meaning {
        case .built(let image), .otherTag(let image): image
        case .foreign, .unknown: nil
        }
    }
}
