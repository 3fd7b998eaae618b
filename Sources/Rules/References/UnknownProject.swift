import Diagnostics
import StrategyManifest
import YAMLSyntax

/// BP202: a project that the manifest does not declare.
enum UnknownProject: Rule {
    static let code = Code.unknownProject
    static let summary = "Owners, environments and `after` that name a project which `projects` does not have."
    static let rationale = "The owner's folder is where an image is built; without the project there is none."

    private enum Place { case owner, after, override }

    static func check(_ context: inout RuleContext) {
        let manifest = context.manifest
        // Where `projects` itself cannot be read, every name would be unknown.
        guard manifest.hasAllProjects else { return }
        func isUnknown(_ name: Name) -> Bool {
            manifest.projectIndex[name.symbol] == nil && !manifest.unreadable.contains(name.symbol)
        }
        var uses = UnknownNames<Place>()
        for image in manifest.images {
            // A variable is told by BP115.
            guard let owner = image.owner, isUnknown(owner), !manifest.text(owner).utf8.contains(UInt8(ascii: "$"))
            else { continue }
            uses.note(owner, .owner)
        }
        for project in manifest.projects {
            for target in project.after where isUnknown(target.project) { uses.note(target.project, .after) }
        }
        for environment in manifest.environments {
            for override in environment.projects where isUnknown(override.name) { uses.note(override.name, .override) }
        }
        if uses.isEmpty { return }
        let known = manifest.projects.map { manifest.text($0.name) }
        let withCapitals = Set(known.map { ($0, $0.lowercased()) }.filter { $0 != $1 }.map(\.1))
        for (unknown, places) in uses.inOrder where !context.countsOnly(.unknownProject) {
            let name = manifest.text(unknown)
            // A project that is declared with capitals is told where it is declared, and has no other fault.
            if withCapitals.contains(name) { continue }
            let near = context.closestMatch(to: name, among: known)
            let help =
                switch (near, places[0].place) {
                case (let near?, _): "did you mean `\(near)`?"
                case (nil, .after): "name one of `projects`, remove this entry, or declare `\(name)` there"
                case (nil, .owner): "name one of `projects`, or declare `\(name)` there"
                case (nil, .override): "remove this entry, or declare `\(name)` under `projects`"
                }
            context.report(
                .unknownProject, "there is no project `\(name)`", at: unknown.span, "not declared under `projects`",
                also: UnknownNames<Place>.further(places.map(\.name), "and it is named here", context), help: [help],
                fix: .renaming(name, to: near, at: places.map(\.name.span), in: context.tree.source))
        }
        context.diagnostics.count(uses.furtherNames, .unknownProject)
    }
}
