import Diagnostics
import Inspection

/// BP302: a Dockerfile that is not there.
enum DockerfileNotFound: Rule {
    static let code = Code.dockerfileNotFound
    static let summary = "Builds whose Dockerfile is not where `dockerfile` says, or not in the context without it."
    static let rationale =
        "The image cannot be built; `dockerfile` starts from the build context, not from the project."

    static func check(_ context: inout RuleContext) {
        context.eachBuild { build, context in
            guard case .noDockerfile = build.found, case .file(let path) = build.place.dockerfileLocation else {
                return
            }
            let name = context.manifest.text(context.manifest.images[build.image].name)
            context.report(
                code, "the Dockerfile of `\(name)` does not exist", at: build.place.dockerfileSpan,
                "there is no file `\(context.shown(path))`", why: "`dockerfile` starts from the build context",
                help: [
                    build.place.isDefaultName ? "create it, or name another one with `dockerfile:`" : "correct the path"
                ])
        }
    }
}
