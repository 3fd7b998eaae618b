import Diagnostics
import Inspection
import SourceText

/// BP302: a Dockerfile that is not there.
enum DockerfileNotFound: Rule {
    static let code = Code.dockerfileNotFound
    static let summary = "Builds whose Dockerfile is not where `dockerfile` says, or not in the context without it."
    static let rationale =
        "The image cannot be built; `dockerfile` starts from the build context, not from the project."

    static func check(_ context: inout RuleContext) {
        context.eachBuild { build, context in
            guard case .noDockerfile(let near) = build.found, case .file(let path) = build.place.dockerfileLocation,
                case .folder(let folder) = build.place.context
            else { return }
            let name = context.manifest.text(context.manifest.images[build.image].name)
            let meant = near.map { WorkspacePath($0).relative(from: WorkspacePath(folder)) }
            let stated = build.build.dockerfile
            let help =
                switch (meant, stated) {
                case (let meant?, _?): "did you mean `\(meant)`?"
                case (let meant?, nil): "name the file that is there with `dockerfile: \(meant)`, or rename it"
                case (nil, nil): "create it, or name another one with `dockerfile:`"
                case (nil, _?): "correct the path"
                }
            context.report(
                code, "the Dockerfile of `\(name)` does not exist", at: build.place.dockerfileSpan,
                "there is no file `\(context.shown(path))`", why: "`dockerfile` starts from the build context",
                help: [help], fix: stated.flatMap { context.renaming($0.value, to: meant, at: $0.span) })
        }
    }
}
