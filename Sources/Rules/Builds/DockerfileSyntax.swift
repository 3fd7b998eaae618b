import Diagnostics
import Inspection
import SourceText

/// BP307: a Dockerfile that BuildKit refuses.
enum DockerfileSyntax: Rule {
    static let code = Code.dockerfileSyntax
    static let summary =
        "Dockerfiles that BuildKit refuses: unknown instructions and flags, a missing `FROM`, open here-documents."
    static let rationale = "The image cannot be built, and what it stands on cannot be told."

    static func check(_ context: inout RuleContext) {
        // Several images may be built from one file, whose faults are told once.
        var told: Set<String> = []
        let tree = context.tree
        context.eachBuild { build, context in
            if let fault = build.isNoDockerfile, case .file(let path) = build.place.dockerfileLocation {
                reportNone(path, fault, build, &context)
            }
            guard let text = build.text else { return }
            if text.inline == nil, !told.insert(text.file.source.path).inserted { return }
            let name = context.manifest.text(context.manifest.images[build.image].name)
            for fault in text.stages.file.faults {
                let place = Diagnostic.Label(text.location(fault.span, tree), fault.label)
                if text.inline != nil {
                    context.report(code, fault.message, at: place.location.span, fault.label, help: fault.help)
                } else {
                    context.report(
                        code, fault.message, at: build.place.dockerfileSpan, "`\(name)` is built with this Dockerfile",
                        also: [place], help: fault.help)
                }
            }
        }
    }

    /// Tells of what is no Dockerfile, and nothing of what it holds: it may be any file that the manifest names.
    private static func reportNone(
        _ path: [String], _ fault: (reason: String, help: String), _ build: CheckedBuild, _ context: inout RuleContext
    ) {
        let name = context.manifest.text(context.manifest.images[build.image].name)
        context.report(
            code, "`\(context.shown(path))` is no Dockerfile: it \(fault.reason)", at: build.place.dockerfileSpan,
            "`\(name)` is built with this file",
            why: "of a file that does not begin as a Dockerfile does, nothing is shown",
            help: [fault.help])
    }
}
