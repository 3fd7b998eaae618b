import Diagnostics
import YAMLSyntax

/// BP218: an environment that removes a service which the project does not have.
enum UnknownService: Rule {
    static let code = Code.unknownService
    static let summary =
        "Services that an environment removes with `!reset` and that the project itself does not declare."
    static let rationale = "A service of a misspelt name stays, and runs where it was to be removed."

    static func check(_ context: inout RuleContext) {
        let manifest = context.manifest
        var reported: [Int: Set<Symbol>] = [:]
        for environment in manifest.environments {
            for override in environment.projects {
                guard let index = manifest.projectIndex[override.name.symbol] else { continue }
                let project = manifest.projects[index]
                // Where `services` itself cannot be read, every name would be unknown.
                guard project.hasAllServices else { continue }
                let declared = Set(project.services.map(\.name.symbol))
                for (name, body) in override.services where context.tree[body].tag == .reset {
                    if declared.contains(name.symbol) { continue }
                    // One misspelt where it is declared is unknown in every environment.
                    guard reported[index, default: []].insert(name.symbol).inserted else { continue }
                    if context.countsOnly(.unknownService) { continue }
                    let text = manifest.text(name)
                    let near = context.closestMatch(
                        to: text, among: project.services.lazy.map { manifest.text($0.name) })
                    context.report(
                        .unknownService, "the project `\(manifest.text(project.name))` has no service `\(text)`",
                        at: name.span, "there is nothing to remove",
                        also: [context.label(project.name.span, "the project is declared here")],
                        help: near.map { ["did you mean `\($0)`?"] }
                            ?? ["remove this entry, or name a service of the project"],
                        fix: context.renaming(text, to: near, at: name.span))
                }
            }
        }
    }
}
