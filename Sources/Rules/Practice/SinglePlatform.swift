import Diagnostics

/// BP510: released images that run on one kind of machine only.
enum SinglePlatform: Rule {
    static let code = Code.singlePlatform
    static let summary = "Built images that state no `platforms` in a workspace that releases to a registry."
    static let rationale = "Whoever pulls such an image on another kind of machine gets none, or a slow emulated one."

    static let runsLast = true

    static func check(_ context: inout RuleContext) {
        guard context.isWhole else { return }
        let manifest = context.manifest
        guard let release = manifest.environments.firstIndex(where: { $0.registry != nil }),
            let registry = manifest.environments[release].registry
        else { return }
        // As it builds them: an environment may state platforms, too.
        let built = context.resolution.variants.first { $0.environment == release }?.images ?? manifest.images
        // One platform that is stated was chosen; none at all is whatever the builder happens to be.
        let images = built.filter { $0.platforms.isEmpty && $0.build?.platforms.isEmpty ?? false }
        guard let first = images.first else { return }
        let names = fewOf(images.map { "`\(manifest.text($0.name))`" })
        context.report(
            code, "what is released runs only on machines like the builder's", at: first.name.span,
            names + (images.count == 1 ? " names no platform" : " name no platform"),
            also: [context.label(registry.span, "released to this registry")],
            why: "an image built for one platform cannot be pulled, or is emulated, on another",
            help: ["state them, such as `platforms: [linux/amd64, linux/arm64]`, or the one that is meant"])
    }
}
