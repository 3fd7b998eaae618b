import ComposeSpec
import Diagnostics
import Dockerfiles
import Inspection
import Resolution
import SourceText

/// BP312: a stage that is named like a base of its image, so that the base takes its place.
enum StageReplaced: Rule {
    static let code = Code.stageReplaced
    static let summary = "A stage of a Dockerfile that is named as the Dockerfile names a base of the image."
    static let rationale =
        "Each base is handed to the build under its name, and BuildKit takes that in the place of a stage of this name: "
        + "what the stage says is left out in silence."

    static func check(_ context: inout RuleContext) {
        context.eachBuild { build, context in
            let needs = context.resolution.graph(of: build.variant).needs[build.image]
            guard let graph = build.graph, let text = build.text, !needs.isEmpty,
                graph.stages.stages.contains(where: { $0.name != nil })
            else { return }
            var bases: [String: Int] = [:]
            for named in context.resolution.seen(from: build.variant).contexts(of: build.image)
            where named.stated == nil {
                bases[named.name] = named.image
            }
            for (index, stage) in graph.stages.stages.enumerated() {
                guard let name = stage.name, let base = bases[name],
                    stage.hasInstructions || !stands(index, of: graph, on: base, context)
                else { continue }
                report(
                    name, needs.first { $0.base == base }, text.location(stage.span, context.tree), build.image,
                    &context)
            }
        }
    }

    /// Whether a stage is `FROM` an image of the manifest, and not another stage.
    private static func stands(_ stage: Int, of graph: StageGraph, on base: Int, _ context: RuleContext) -> Bool {
        guard case .image(let name)? = graph.uses[stage].first?.source,
            case .success(let reference) = ImageReference.parse(name)
        else { return false }
        return reference.normalized == context.resolution.variants[0].references[base].normalized
    }

    private static func report(
        _ name: String, _ need: Need?, _ stage: Location, _ image: Int, _ context: inout RuleContext
    ) {
        let manifest = context.manifest
        context.report(
            code, "`\(manifest.text(manifest.images[image].name))` is built without its stage `\(name)`",
            at: need?.span ?? manifest.images[image].name.span, "this base takes the place of the stage `\(name)`",
            also: [.init(stage, "this stage has the name of the base")],
            why: "the Compose file hands the base to the build as a context named `\(name)`, which comes before stages",
            help: ["name the stage otherwise in the Dockerfile, as in `FROM \(name) AS \(name)-stage`"])
    }
}
