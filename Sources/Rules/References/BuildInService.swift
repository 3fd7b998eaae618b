import Diagnostics
import Inspection
import StrategyManifest
import YAMLSyntax

/// BP212: a build where only a service may stand.
enum BuildInService: Rule {
    static let code = Code.buildInService
    static let summary = "`build` in a service, in an image's `service`, in `defaults` or in an environment's override."
    static let rationale = "An image is built by exactly one project; services only run it."
    static let fixDescription: String? = "Moves the build to an image of its own, owned by the service's project."

    static func check(_ context: inout RuleContext) {
        let (tree, key) = (context.tree, context.resolution.keys.build)
        for fragment in context.fragments {
            guard let entry = tree.entries(fragment.body).first(where: { tree[$0.key].symbol == key })
            else { continue }
            let place = entry.key
            let image = fragment.imageName.map { context.manifest.text($0) }
            let reference = image.flatMap { WrittenReference($0) }
            let instruction =
                reference.map {
                    "move `build` to an image, `images.\($0.shortName)`, with `owner` naming the project that builds it,"
                        + " and write `image: \($0.shortName)` here"
                }
                ?? image.map { "move `build` to `images.\($0)`, with `owner` naming the project that builds it" }
                ?? "move `build` to the image that it builds, with `owner` naming the project"
            context.report(
                .buildInService, "builds belong to images, not to services", at: tree[place].span,
                "a service only runs an image",
                why: "each image is built by exactly one project; every service that runs it shares that build",
                help: [instruction],
                fix: fragment.isService
                    ? BuildMove.fix(of: entry, in: fragment.body, titled: instruction, context) : nil)
        }
    }
}

extension RuleContext {
    /// Whether a service states a `build` of its own.
    func statesBuild(_ service: Service) -> Bool { tree.value(resolution.keys.build, in: service.body) != nil }
}
