import Diagnostics
import Inspection
import Resolution
import SourceText

/// BP206: services that wait for each other in a cycle.
enum DependencyCycle: Rule {
    static let code = Code.dependencyCycle
    static let summary = "Services of a project that depend on each other in a cycle."
    static let rationale = "There is no first one to start, and Compose refuses the project."

    static func check(_ context: inout RuleContext) {
        var reported: Set<[Span]> = []
        for (variant, dependencies) in zip(context.resolution.variants, context.dependencies) {
            for (project, dependencies) in zip(variant.projects, dependencies) {
                check(project, dependencies, &reported, &context)
            }
        }
    }

    private static func check(
        _ project: ResolvedProject, _ dependencies: [[ServiceDependency]], _ reported: inout Set<[Span]>,
        _ context: inout RuleContext
    ) {
        let (cycles, further) = cycles(in: dependencies.map { $0.compactMap(\.position) })
        if cycles.isEmpty { return }
        context.diagnostics.count(further, code)
        let edges = dependencies.map { $0.filter { $0.position != nil } }
        for steps in cycles {
            let cycle = steps.map { ($0.node, edges[$0.node][$0.edge]) }
            guard reported.insert(cycle.map(\.1.span).sorted { $0.start < $1.start }).inserted else { continue }
            report(cycle, project, &context)
        }
    }

    /// Draws the cycle: every edge with its place, beginning with the service that the project declares first.
    private static func report(
        _ cycle: [(service: Int, edge: ServiceDependency)], _ project: ResolvedProject, _ context: inout RuleContext
    ) {
        let manifest = context.manifest
        let tree = context.tree
        func name(_ service: Int) -> String { manifest.text(project.services[service].name) }
        guard let start = cycle.indices.min(by: { cycle[$0].service < cycle[$1].service }) else { return }
        let turned = Array(cycle[start...] + cycle[..<start])
        let drawn = drawn(cycleOf: turned.count) { name(turned[$0].service) }
        let labels = turned.prefix(drawnSteps).dropFirst().map {
            context.label($0.edge.span, "`\(name($0.service))` depends on `\($0.edge.name(in: tree))`")
        }
        let one = turned[0]
        context.report(
            .dependencyCycle,
            turned.count == 1
                ? "the service `\(name(one.service))` depends on itself" : "services depend on each other: \(drawn)",
            at: one.edge.span, "`\(name(one.service))` depends on `\(one.edge.name(in: tree))`", also: labels,
            why: "a service is started after those that it depends on, so a cycle has no first one",
            help: ["remove one of these dependencies"])
    }
}
