import Diagnostics
import Dockerfiles
import Inspection

/// BP308: a build argument that the Dockerfile does not declare.
enum UnknownBuildArgument: Rule {
    static let code = Code.unknownBuildArgument
    static let summary = "Entries of `build.args` that no `ARG` of the Dockerfile declares."
    static let rationale = "BuildKit ignores the value, so that a misspelt argument silently keeps its default."

    static func check(_ context: inout RuleContext) {
        // Made for the first that asks.
        var buildOf: [Int: CheckedBuild]?
        context.eachBuild { checked, context in
            guard let text = checked.text, checked.graph != nil, !checked.build.arguments.isEmpty else { return }
            // A base declares more by `ONBUILD ARG`, and by no other `ARG`; one from elsewhere is not ours to read.
            var declared = text.stages.declared
            for use in checked.uses {
                guard use.kind == .from, case .built(let base) = use.meaning,
                    let other = build(of: base, &buildOf, context)?.text
                else { continue }
                declared.formUnion(other.stages.passedOn)
            }
            let image = context.manifest.text(context.manifest.images[checked.image].name)
            lazy var known = declared.sorted()
            for argument in checked.build.arguments where !context.countsOnly(code) {
                let name = argument.name
                if declared.contains(name) || StageInputs.isPredefined(name) { continue }
                let near = context.closestMatch(to: name, among: known)
                context.report(
                    code, "the Dockerfile of `\(image)` declares no argument `\(name)`", at: argument.nameSpan,
                    "no `ARG` has this name", why: "BuildKit ignores an argument that no `ARG` declares",
                    help: [near.map { "did you mean `\($0)`?" } ?? "remove it, or add `ARG \(name)` to the Dockerfile"])
            }
        }
    }

    private static func build(
        of image: Int, _ builds: inout [Int: CheckedBuild]?, _ context: RuleContext
    ) -> CheckedBuild? {
        let known = builds ?? Dictionary(context.builds.map { ($0.image, $0) }) { first, _ in first }
        builds = known
        return known[image]
    }
}
