import Diagnostics
import SourceText

/// BP307: a Dockerfile that BuildKit refuses.
enum DockerfileSyntax: Rule {
    static let code = Code.dockerfileSyntax
    static let finds =
        "Dockerfiles that BuildKit refuses: unknown instructions and flags, a missing `FROM`, open here-documents."
    static let matters = "The image cannot be built, and what it stands on cannot be told."

    static func check(_ context: inout RuleContext) {
        // Several images may be built from one file, whose faults are told once.
        var told: Set<String> = []
        let tree = context.tree
        for build in context.builds {
            guard let text = build.text else { continue }
            if text.inline == nil, !told.insert(text.file.source.path).inserted { continue }
            let name = context.manifest.text(context.manifest.images[build.image].name)
            for fault in text.stages.file.faults {
                let place = Diagnostic.Label(text.location(fault.span, tree), fault.label)
                if text.inline != nil {
                    context.report(code, fault.message, at: place.location.span, fault.label, help: fault.help)
                } else {
                    context.report(
                        code, fault.message, at: build.place.recipeSpan, "`\(name)` is built with this Dockerfile",
                        also: [place], help: fault.help)
                }
            }
        }
    }
}
