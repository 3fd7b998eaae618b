import Diagnostics

/// BP503: a release under the tag `latest`.
enum LatestReleased: Rule {
    static let code = Code.latestReleased
    static let summary = "Environments with a registry in which built images carry the tag `latest`."
    static let rationale = "A release that moves cannot be rolled back to, and nobody can tell which one runs."

    static let runsLast = true

    static func check(_ context: inout RuleContext) {
        // A tag that is misspelt would look like none.
        guard context.isWhole else { return }
        let manifest = context.manifest
        for variant in context.resolution.variants {
            guard let index = variant.environment, let registry = manifest.environments[index].registry else {
                continue
            }
            let environment = manifest.environments[index]
            guard
                let image = manifest.images.indices.first(where: {
                    guard manifest.images[$0].isBuilt, let reference = variant.references[$0].settled else {
                        return false
                    }
                    return reference.digest == nil && (reference.tag ?? "latest") == "latest"
                })
            else { continue }
            let stated = environment.tag ?? environment.images.first { $0.tag?.value == "latest" }?.tag
            context.report(
                code, "the environment `\(manifest.text(environment.name))` releases under the tag `latest`",
                at: stated?.span ?? environment.name.span,
                "`\(manifest.text(manifest.images[image].name))`, for one, is `\(variant.references[image].text)`",
                also: stated == nil ? [context.label(registry.span, "its images come from this registry")] : [],
                why: "`latest` moves: what runs cannot be told, and what ran yesterday cannot be had again",
                help: ["give the environment a `tag` that names the release, such as `\"1.4.2\"` or `${RELEASE}`"])
        }
    }
}
