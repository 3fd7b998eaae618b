import Diagnostics
import Inspection

/// BP203: an image that nothing uses.
enum UnusedImage: Rule {
    static let code = Code.unusedImage
    static let summary = "Images that no service of any environment runs or mounts and no other image is built from."
    static let rationale = "It is built or pulled for nobody, or a service that was to run it names another."

    static let runsLast = true

    static func check(_ context: inout RuleContext) {
        // Behind a misspelt name every image looks unused.
        guard context.isWhole else { return }
        var isUsed = [Bool](repeating: false, count: context.manifest.images.count)
        for variant in context.resolution.variants {
            for project in variant.projects {
                for service in project.services {
                    if let image = service.image { isUsed[image] = true }
                    for image in service.mountedImages { isUsed[image] = true }
                }
            }
        }
        let graphs = [context.resolution.graph] + context.resolution.variants.compactMap(\.graph)
        for graph in graphs {
            for needs in graph.needs { for need in needs { isUsed[need.base] = true } }
        }
        // A base that `needs` lacks is told as such.
        let builds = context.builds + context.ownBuilds
        for use in builds.flatMap(\.uses) {
            if case .built(let base) = use.meaning { isUsed[base] = true }
        }
        // What cannot be read may be built from any of them.
        let isAllRead =
            builds.allSatisfy(\.isComplete)
            && !context.diagnostics.items.contains { $0.code == .outsideWorkspace }
        for (image, used) in zip(context.manifest.images, isUsed) where !used && (isAllRead || !image.isBuilt) {
            let name = context.tree.text(image.name.symbol)
            context.report(
                code, "nothing uses the image `\(name)`", at: image.name.span,
                "no service runs it, and no `needs` names it",
                help: [
                    !image.isBuilt
                        ? "remove it, or add a service that runs it"
                        : "remove it, add a service that runs it, or name it in the `needs` of what is built from it"
                ])
        }
    }
}
