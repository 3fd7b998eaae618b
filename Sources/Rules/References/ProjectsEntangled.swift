import Diagnostics
import SourceText

/// BP213: two projects that each run what the other builds.
enum ProjectsEntangled: Rule {
    static let code = Code.projectsEntangled
    static let summary = "Two projects of which each runs an image that the other owns."
    static let rationale =
        "Neither can be changed or started without the other; often one image belongs to a third project."

    static func check(_ context: inout RuleContext) {
        let manifest = context.manifest
        // By consumer and owner, as one number.
        var first: [Int: (span: Span, image: Int)] = [:]
        var order: [(consumer: Int, owner: Int)] = []
        func key(_ consumer: Int, _ owner: Int) -> Int { consumer * manifest.projects.count + owner }
        for resolved in context.resolution.variants[0].projects {
            for service in resolved.services {
                guard let image = service.image, let owner = context.resolution.owner(of: image),
                    owner != resolved.project
                else { continue }
                if first[key(resolved.project, owner)] == nil {
                    first[key(resolved.project, owner)] = (service.name.span, image)
                    order.append((resolved.project, owner))
                }
            }
        }
        for pair in order where pair.consumer > pair.owner {
            guard let here = first[key(pair.consumer, pair.owner)], let there = first[key(pair.owner, pair.consumer)]
            else { continue }
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
