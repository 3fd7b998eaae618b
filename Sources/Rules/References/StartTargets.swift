import Diagnostics
import StrategyManifest
import YAMLSyntax

/// The services that `after` names and that their project has in no environment.
enum StartTargets {
    static func check(_ context: inout RuleContext) {
        let manifest = context.manifest
        var known: [Int: Set<Symbol>] = [:]
        for project in manifest.projects {
            for target in project.after {
                guard let service = target.service, let index = manifest.projectIndex[target.project.symbol] else {
                    continue
                }
                let other = manifest.projects[index]
                // Where `services` itself cannot be read, every name would be unknown.
                guard other.hasAllServices else { continue }
                if known[index] == nil {
                    known[index] = Set(
                        context.resolution.variants.flatMap { $0.projects[index].services.map(\.name.symbol) })
                }
                if known[index]?.contains(service.symbol) ?? false { continue }
                report(service, of: other, for: project, &context)
            }
        }
    }

    private static func report(_ service: Name, of other: Project, for project: Project, _ context: inout RuleContext) {
        if context.countsOnly(.unknownDependency) { return }
        let manifest = context.manifest
        let (name, needs) = (manifest.text(other.name), manifest.text(service))
        let near = context.closestMatch(to: needs, among: other.services.lazy.map { manifest.text($0.name) })
        context.report(
            .unknownDependency, "the project `\(name)` has no service `\(needs)`", at: service.span,
            "`\(manifest.text(project.name))` starts after it",
            also: [context.label(other.name.span, "the project is declared here")],
            why: "`up.sh` could never start what is to run before",
            help: [near.map { "did you mean `\($0)`?" } ?? "name a service of `\(name)`, or `\(name)` for all of it"],
            fix: context.renaming(needs, to: near, at: service.span))
    }
}
