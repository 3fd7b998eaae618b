import Diagnostics

/// BP202: a project that the manifest does not declare.
enum UnknownProject: Rule {
    static let code = Code.unknownProject
    static let finds = "Owners and environments that name a project which `projects` does not have."
    static let matters = "The owner's folder is where an image is built; without the project there is none."

    static func check(_ context: inout RuleContext) {
        let manifest = context.manifest
        let known = manifest.projects.map { manifest.text($0.name) }
        for image in manifest.images {
            guard let owner = image.owner, manifest.projectIndex[owner.symbol] == nil else { continue }
            let name = manifest.text(owner)
            if name.utf8.contains(UInt8(ascii: "$")) { continue }
            context.report(
                .unknownProject, "there is no project `\(name)`", at: owner.span, "not declared under `projects`",
                help: nearest(to: name, among: known).map { ["did you mean `\($0)`?"] }
                    ?? ["name one of `projects`, or declare `\(name)` there"])
        }
        for environment in manifest.environments {
            for override in environment.projects where manifest.projectIndex[override.name.symbol] == nil {
                let name = manifest.text(override.name)
                context.report(
                    .unknownProject, "there is no project `\(name)`", at: override.name.span,
                    "not declared under `projects`",
                    help: nearest(to: name, among: known).map { ["did you mean `\($0)`?"] } ?? ["remove this entry"])
            }
        }
    }
}
