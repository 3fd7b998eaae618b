import Diagnostics
import SourceText

/// BP213: two projects that each run what the other builds.
enum ProjectsEntangled: Rule {
    static let code = Code.projectsEntangled
    static let finds = "Two projects of which each runs an image that the other owns."
    static let matters =
        "Neither can be changed or started without the other; often one image belongs to a third project."

    private struct Pair: Hashable { let consumer, owner: Int }

    static func check(_ context: inout RuleContext) {
        let manifest = context.manifest
        var first: [Pair: (span: Span, image: Int)] = [:]
        var order: [Pair] = []
        for resolved in context.resolution.variants[0].projects {
            for service in resolved.services {
                guard let image = service.image, let owner = context.resolution.owner(of: image),
                    owner != resolved.project
                else { continue }
                let pair = Pair(consumer: resolved.project, owner: owner)
                if first[pair] == nil {
                    first[pair] = (service.name.span, image)
                    order.append(pair)
                }
            }
        }
        for pair in order where pair.consumer > pair.owner {
            guard let here = first[pair], let there = first[Pair(consumer: pair.owner, owner: pair.consumer)] else {
                continue
            }
            func project(_ index: Int) -> String { manifest.text(manifest.projects[index].name) }
            func image(_ index: Int) -> String { manifest.text(manifest.images[index].name) }
            context.report(
                code,
                "the projects `\(project(pair.owner))` and `\(project(pair.consumer))` each run what the other builds",
                at: here.span, "`\(project(pair.consumer))` runs `\(image(here.image))` of `\(project(pair.owner))`",
                also: [
                    context.label(
                        there.span,
                        "and `\(project(pair.owner))` runs `\(image(there.image))` of `\(project(pair.consumer))`")
                ],
                why: "neither project can be built or moved without the other",
                help: ["let one project own both images, or give what they share to a project of its own"])
        }
    }
}
