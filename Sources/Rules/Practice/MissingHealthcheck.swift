import Diagnostics
import YAMLSyntax

/// BP501: a built image of which the manifest states no health check.
enum MissingHealthcheck: Rule {
    static let code = Code.missingHealthcheck
    static let summary = "Built images that run in a service without a `healthcheck`."
    static let rationale = "Without one, `started` is all that anyone waiting for the container can know."

    static let runsLast = true

    static func check(_ context: inout RuleContext) {
        guard context.isWhole else { return }
        let (tree, images) = (context.tree, context.manifest.images)
        var seen: Set<Int> = []
        for project in context.resolution.variants[0].projects {
            for service in project.services {
                guard let index = service.image, images[index].isBuilt,
                    tree.value("healthcheck", in: service.body) == nil, seen.insert(index).inserted
                else { continue }
                let name = images[index].name
                let text = tree.text(name.symbol)
                context.report(
                    code, "the manifest states no health check of `\(text)`", at: name.span,
                    "Compose cannot wait until it is healthy",
                    also: [context.label(service.name.span, "this service runs it without one")],
                    help: [
                        "add `healthcheck` under the image's `service`",
                        "if its Dockerfile has a HEALTHCHECK: `# bayplan: allow(\(code.name)) in the Dockerfile`",
                    ])
            }
        }
    }
}
