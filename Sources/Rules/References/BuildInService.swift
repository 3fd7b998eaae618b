import Diagnostics
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

/// BP216: `extends` in a service.
enum ExtendsInService: Rule {
    static let code = Code.extendsInService
    static let summary = "`extends` in a service body."
    static let rationale =
        "Version 1 of the manifest shares bodies by `defaults.service` and by an image's `service` alone."

    static func check(_ context: inout RuleContext) {
        let (tree, key) = (context.tree, context.resolution.keys.extends)
        for fragment in context.fragments {
            guard let place = fragment.key(key, in: tree) else { continue }
            context.report(
                .extendsInService, "`extends` is not part of the manifest language", at: tree[place].span,
                "not in version 1",
                help: [
                    "put what services share into the image's `service` or into `defaults.service`",
                    "or share it inside the manifest with an anchor under an `x-` key and `<<`",
                ])
        }
    }
}

/// BP224: a key that only a service itself can state, in a fragment that lies under many.
enum ImageInFragment: Rule {
    static let code = Code.conflictingKeys
    static let summary = "`image` in `defaults.service`, in an image's `service` or in an environment's `defaults`."
    static let rationale =
        "Which image a service runs decides which fragments lie under it; a fragment cannot change that."

    static func check(_ context: inout RuleContext) {
        let (tree, key) = (context.tree, context.resolution.keys.image)
        for fragment in context.fragments where !fragment.isService {
            guard let place = fragment.key(key, in: tree) else { continue }
            context.report(
                .conflictingKeys, "a shared fragment cannot say which image a service runs",
                at: tree[place].span,
                "`image` may only stand in a service", help: ["remove it, and state `image` in the services"])
        }
    }
}
