import Diagnostics
import Inspection

/// BP303: a target that is no stage of the Dockerfile.
enum TargetNotFound: Rule {
    static let code = Code.targetNotFound
    static let summary = "A `target` that no stage of the Dockerfile is named."
    static let rationale = "BuildKit builds the last stage without a target, and refuses one that it does not find."

    static func check(_ context: inout RuleContext) {
        context.eachBuild { build, context in
            guard let graph = build.graph, build.target == nil, build.obstacle == nil, let text = build.text,
                let stated = build.build.target
            else { return }
            let target = stated.value
            let stages = graph.stages.stages
            let names = stages.compactMap(\.name)
            let shown = names.prefix(10).map { "`\($0)`" }.joined(separator: ", ") + (names.count > 10 ? ", …" : "")
            let near = context.closestMatch(to: target.lowercased(), among: names)
            // The stage that was meant, or the first ones.
            let labelled = near.map { name in stages.filter { $0.name == name } } ?? Array(stages.prefix(3))
            let tree = context.tree
            context.report(
                code, "there is no stage `\(target)`", at: stated.span, "no stage has this name",
                also: labelled.map { stage in
                    let label = stage.name.map { "this stage is `\($0)`" } ?? "this stage has no name"
                    return .init(text.location(stage.span, tree), label)
                },
                help: (near.map { ["did you mean `\($0)`?"] } ?? [])
                    + [
                        names.isEmpty
                            ? "no stage has a name; name one with `FROM … AS \(target)`" : "the stages are \(shown)"
                    ])
        }
    }
}
