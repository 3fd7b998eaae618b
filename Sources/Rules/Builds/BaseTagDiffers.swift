import Diagnostics

/// BP309: a Dockerfile that names a built image by another tag than it is built with.
enum BaseTagDiffers: Rule {
    static let code = Code.baseTagDiffers
    static let finds =
        "`FROM` and its kin with the repository of a built image, but another tag than the manifest gives it."
    static let matters =
        "What is built last is not what is built on: BuildKit takes an older image, or asks a registry."

    static func check(_ context: inout RuleContext) {
        for build in context.builds {
            var told: Set<String> = []
            for use in build.uses {
                guard case .otherTag(let base) = use.meaning, told.insert(use.text).inserted else { continue }
                let manifest = context.manifest
                let image = manifest.text(manifest.images[build.image].name)
                let reference = context.resolution.variants[0].references[base].text
                context.report(
                    code, "`\(image)` is built from `\(use.text)`, but the manifest builds `\(reference)`",
                    at: manifest.images[build.image].name.span, "its Dockerfile names another tag",
                    also: [
                        .init(use.location, "\(use.shown) here"),
                        context.label(manifest.images[base].name.span, "built as `\(reference)`"),
                    ],
                    why: "a Dockerfile sees the tag that a local build gives, whatever an environment's tag is",
                    help: ["write `\(reference)` in the Dockerfile, or give the image this tag"])
            }
        }
    }
}
