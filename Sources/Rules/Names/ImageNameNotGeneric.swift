import Diagnostics
import SourceText
import StrategyManifest

/// BP102: an image that carries the name of one deployment.
enum ImageNameNotGeneric: Rule {
    static let code = Code.imageNameNotGeneric
    static let summary = "Names of built images that begin with what a container template puts before `{service}`."
    static let rationale = """
        An image is shared by projects and its containers are named after each of them; an image that carries one \
        project's prefix reads like that project's container and cannot be reused under its own name.
        """
    static let configuring: String? =
        "`naming.generic: false` allows names that begin like a container's."

    static func check(_ context: inout RuleContext) {
        let manifest = context.manifest
        guard manifest.naming.isGeneric else { return }
        // Each prefix once, with the project that comes first.
        var prefixes: [String: (project: String, span: Span)] = [:]
        var lengths: [Int] = []
        for variant in context.resolution.variants {
            for resolved in variant.projects {
                let project = manifest.projects[resolved.project]
                let name = manifest.text(project.name)
                guard let prefix = resolved.template.prefixBeforeService(project: name), !prefix.isEmpty,
                    prefixes[prefix] == nil
                else { continue }
                let span = project.containerName?.span ?? project.name.span
                prefixes[prefix] = (name, span)
                if !lengths.contains(prefix.utf8.count) { lengths.append(prefix.utf8.count) }
            }
        }
        let ascending = lengths.sorted()
        // What is pulled has its name from others, who know no project of this workspace.
        for image in manifest.images where image.build != nil {
            let name = manifest.text(image.name)
            for length in ascending where length < name.utf8.count {
                let prefix = String(decoding: name.utf8.prefix(length), as: UTF8.self)
                guard let taken = prefixes[prefix] else { continue }
                let generic = String(decoding: name.utf8.dropFirst(length), as: UTF8.self)
                context.report(
                    .imageNameNotGeneric, "the image name `\(name)` is not generic", at: image.name.span,
                    "`\(prefix)` belongs to one deployment",
                    also: [
                        context.label(taken.span, "containers of project `\(taken.project)` are named `\(prefix)…`")
                    ],
                    why: "images are shared by projects under generic names; only containers carry a project's name",
                    help: ["name the image `\(generic)`", "or set `naming.generic: false` to allow such names"])
                break
            }
        }
    }
}
