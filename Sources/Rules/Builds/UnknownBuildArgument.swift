import Diagnostics
import Dockerfiles
import YAMLSyntax

/// BP308: a build argument that the Dockerfile does not declare.
enum UnknownBuildArgument: Rule {
    static let code = Code.unknownBuildArgument
    static let finds = "Entries of `build.args` that no `ARG` of the Dockerfile declares."
    static let matters = "BuildKit ignores the value, so that a misspelt argument silently keeps its default."

    static func check(_ context: inout RuleContext) {
        let tree = context.tree
        lazy var buildOf = Dictionary(context.builds.map { ($0.image, $0) }) { first, _ in first }
        for build in context.builds {
            guard let text = build.text, build.graph != nil, tree[build.node].kind == .mapping,
                let arguments = tree.value("args", in: build.node)
            else { continue }
            // A base from elsewhere may declare more by `ONBUILD ARG`, but which one is not ours to read.
            var declared = text.stages.declared
            for use in build.uses {
                guard use.kind == .from, case .built(let base) = use.meaning,
                    let other = buildOf[base]?.text
                else { continue }
                declared.formUnion(other.stages.declared)
            }
            let image = context.manifest.text(context.manifest.images[build.image].name)
            lazy var known = declared.sorted()
            for (name, _, span) in buildPairs(arguments, of: tree)
            where !declared.contains(name) && !StageInputs.isPredefined(name) && !context.countsOnly(code) {
                let near = context.meant(by: name, among: known)
                context.report(
                    code, "the Dockerfile of `\(image)` declares no argument `\(name)`", at: span,
                    "no `ARG` has this name", why: "BuildKit ignores an argument that no `ARG` declares",
                    help: [near.map { "did you mean `\($0)`?" } ?? "remove it, or add `ARG \(name)` to the Dockerfile"])
            }
        }
    }
}
