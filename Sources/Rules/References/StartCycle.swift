import Diagnostics
import Inspection
import Resolution
import StrategyManifest

/// BP219: projects that start after each other in a cycle.
enum StartCycle: Rule {
    static let code = Code.startCycle
    static let summary = "Projects that start after each other in a cycle, or a project that starts after itself."
    static let rationale = "There is no first one to start, so that `up.sh` could start none of them."

    static func check(_ context: inout RuleContext) {
        let manifest = context.manifest
        guard manifest.projects.contains(where: { !$0.after.isEmpty }) else { return }
        // What is stated is one for all environments.
        let targets = manifest.projects.map { project in
            project.after.compactMap { target in
                manifest.projectIndex[target.project.symbol].map { (project: $0, target: target) }
            }
        }
        let (cycles, further) = cycles(in: targets.map { $0.map(\.project) })
        context.diagnostics.count(further, code)
        for cycle in cycles { report(cycle.map { ($0.node, targets[$0.node][$0.edge].target) }, &context) }
    }

    /// Draws the cycle: every edge with its place, beginning with the project that the manifest declares first.
    private static func report(_ cycle: [(project: Int, target: StartTarget)], _ context: inout RuleContext) {
        let manifest = context.manifest
        func name(_ project: Int) -> String { manifest.text(manifest.projects[project].name) }
        guard let start = cycle.indices.min(by: { cycle[$0].project < cycle[$1].project }) else { return }
        let turned = Array(cycle[start...] + cycle[..<start])
        let drawn = drawn(cycleOf: turned.count) { name(turned[$0].project) }
        func text(_ step: (project: Int, target: StartTarget)) -> String {
            "`\(name(step.project))` starts after `\(manifest.text(step.target.project))`"
        }
        context.report(
            code,
            turned.count == 1
                ? "the project `\(name(turned[0].project))` starts after itself"
                : "projects start after each other: \(drawn)",
            at: turned[0].target.project.span, text(turned[0]),
            also: turned.prefix(drawnSteps).dropFirst().map { context.label($0.target.project.span, text($0)) },
            why: "a project is started after those that it names, so a cycle has no first one",
            help: [
                turned.count == 1
                    ? "remove this entry; `depends_on` orders the services of one project"
                    : "remove one of these entries, or move what both need to a project of its own"
            ])
    }
}
