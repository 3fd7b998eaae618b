import Diagnostics
import Inspection
import SourceText

/// BP301: a build context that is not there.
enum ContextNotFound: Rule {
    static let code = Code.contextNotFound
    static let summary = "Builds whose context is no folder of the project that owns the image."
    static let rationale =
        "Docker refuses to build without its context; a path in `build` starts from the owner's folder."

    static func check(_ context: inout RuleContext) {
        context.eachBuild { build, context in
            guard case .noContext(let near) = build.found, case .folder(let folder) = build.place.context else {
                return
            }
            let name = context.manifest.text(context.manifest.images[build.image].name)
            let stated = build.build.context.value.text
            let meant = near.map { near in
                let path = WorkspacePath(near).relative(from: WorkspacePath(build.place.project))
                return stated.hasPrefix("./") && !path.hasPrefix("../") ? "./" + path : path
            }
            let isReference =
                !stated.hasPrefix(".") && !stated.hasPrefix("/") && stated.utf8.contains(UInt8(ascii: ":"))
            let image = isReference ? ["or pull it, if it is an image: `pull: \(stated)` in the place of `build`"] : []
            context.report(
                code, "the build context of `\(name)` does not exist", at: build.place.contextSpan,
                "there is no folder `\(context.shown(folder))`",
                why: "a relative path in `build` starts from the folder of the project that owns the image",
                help: [meant.map { "did you mean `\($0)`?" } ?? "create the folder, or correct the path"] + image,
                fix: context.renaming(stated, to: meant, at: build.place.contextSpan))
        }
    }
}
