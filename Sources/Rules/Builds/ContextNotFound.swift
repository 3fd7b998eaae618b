import Diagnostics
import Inspection

/// BP301: a build context that is not there.
enum ContextNotFound: Rule {
    static let code = Code.contextNotFound
    static let summary = "Builds whose context is no folder of the project that owns the image."
    static let rationale =
        "Docker refuses to build without its context; a path in `build` starts from the owner's folder."

    static func check(_ context: inout RuleContext) {
        context.eachBuild { build, context in
            guard case .noContext = build.found, case .folder(let folder) = build.place.context else { return }
            let name = context.manifest.text(context.manifest.images[build.image].name)
            context.report(
                code, "the build context of `\(name)` does not exist", at: build.place.contextSpan,
                "there is no folder `\(context.shown(folder))`",
                why: "a relative path in `build` starts from the folder of the project that owns the image",
                help: ["create the folder, or correct the path"])
        }
    }
}
