import Diagnostics
import Resolution
import SourceText
import YAMLSyntax

/// BP404: a project that takes what another one creates, and does not say that it starts after it.
enum StartOrderNotStated: Rule {
    static let code = Code.startOrderNotStated
    static let summary =
        "Networks and volumes declared `external` that another project of this workspace creates, without `after`."
    static let rationale = """
        On a new engine Compose cannot start the project before the other one: "network not found". `up.sh` starts the \
        other one first all the same, but nobody reads it in the manifest.
        """
    static let fixDescription: String? = "It adds the other project to `after`."

    static func check(_ context: inout RuleContext) {
        guard context.resolution.startNeeds.contains(where: { !$0.isEmpty }) else { return }
        var told: Set<[Int]> = []
        for needs in context.resolution.startNeeds {
            for (project, needs) in needs.enumerated() {
                for need in needs {
                    guard case .taken(let section) = need.origin, told.insert([project, need.project]).inserted else {
                        continue
                    }
                    report(need, section, of: project, &context)
                }
            }
        }
    }

    private static func report(
        _ need: StartNeed, _ section: Symbol, of project: Int, _ context: inout RuleContext
    ) {
        if context.countsOnly(code) { return }
        let manifest = context.manifest
        func name(_ project: Int) -> String { manifest.text(manifest.projects[project].name) }
        let (taker, creator) = (name(project), name(need.project))
        let noun = context.tree.text(section).dropLast()
        context.report(
            code,
            need.isInCycle
                ? "`\(taker)` takes a \(noun) that `\(creator)` creates, and `\(creator)` starts after `\(taker)`"
                : "`\(taker)` takes a \(noun) that `\(creator)` creates",
            at: need.span, "`\(creator)` creates this \(noun)",
            also: [context.label(manifest.projects[need.project].name.span, "this project must run first")],
            why: "Compose refuses a project whose external \(noun) is not there yet",
            help: [
                need.isInCycle
                    ? "let a third project create the \(noun), and both start after that"
                    : "say so: `after: [\(creator)]` in `\(taker)`"
            ], fix: need.isInCycle ? nil : afterFix(adding: need.project, to: project, manifest))
    }
}
