import Diagnostics
import Inspection

/// BP309: a Dockerfile that names a built image by another tag than it is built with.
enum BaseTagDiffers: Rule {
    static let code = Code.baseTagDiffers
    static let summary =
        "`FROM` and its kin with the repository of a built image, but another tag than the manifest gives it."
    static let rationale =
        "What is built last is not what is built on: BuildKit takes an older image, or asks a registry."

    static func check(_ context: inout RuleContext) {
        for build in context.builds {
            var told: Set<String> = []
            for use in build.uses {
                guard case .otherTag(let base) = use.meaning, told.insert(use.text).inserted else { continue }
                let manifest = context.manifest
                if base == build.image {
                    reportOwnName(build, use, &context)
                    continue
                }
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
                    help: [
                        // A cycle could not be built at all.
                        stands(base, on: build.image, context)
                            ? "if the image of a registry is meant: give `\(manifest.text(manifest.images[base].name))` another `repository`"
                            : "write `\(reference)` in the Dockerfile, or give the image this tag"
                    ])
            }
        }
    }

    /// An image that is built on one of its own name: to build on what it makes would be a cycle.
    private static func reportOwnName(_ build: CheckedBuild, _ use: BaseUse, _ context: inout RuleContext) {
        let manifest = context.manifest
        let image = manifest.images[build.image]
        let reference = context.resolution.variants[0].references[build.image].text
        context.report(
            code, "`\(manifest.text(image.name))` is built from `\(use.text)`, and takes the name of its own base",
            at: image.name.span, "built as `\(reference)`", also: [.init(use.location, "\(use.shown) here")],
            why: "on this engine it takes the place of the `\(reference)` that others pull",
            help: ["give it a name of its own: \(ownRepository(of: build.image, context))"])
    }

    /// A `repository` that no registry is likely to have.
    static func ownRepository(of image: Int, _ context: RuleContext) -> String {
        let manifest = context.manifest
        let owner = manifest.images[image].owner.map { manifest.text($0) } ?? "own"
        return "`repository: \(owner)-\(manifest.text(manifest.images[image].name))`"
    }

    /// Whether an image needs another, on whatever way.
    private static func stands(_ image: Int, on base: Int, _ context: RuleContext) -> Bool {
        var seen: Set<Int> = []
        var open = [image]
        while let next = open.popLast() {
            if next == base { return true }
            if seen.insert(next).inserted { open += context.resolution.needs[next].map(\.base) }
        }
        return false
    }
}
