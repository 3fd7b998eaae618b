import Diagnostics
import Inspection
import SourceText

/// BP233: a project's folder that is not there while one of nearly the same name is.
enum MisspeltPath: Rule {
    static let code = Code.misspeltPath
    static let summary = "Projects whose folder is not there, beside one of nearly the same name that no project has."
    static let rationale =
        "`compile` makes a folder that is missing, so that a misspelt `path` would leave the project's files beside it."

    static func check(_ context: inout RuleContext) {
        for (index, near) in context.nearFolders.sorted(by: { $0.key < $1.key }) {
            let project = context.manifest.projects[index]
            let name = context.manifest.text(project.name)
            let meant = context.shown(near)
            // Without a `path` the folder is called like the project.
            let isStated = project.path.span.count > 0 && project.path.span != project.name.span
            context.report(
                code, "the project `\(name)` has no folder `\(project.path.value)`, but `\(meant)` is there",
                at: isStated ? project.path.span : project.name.span,
                "nothing lies here but what Bayplan wrote, if anything",
                why: "`compile` makes a project's folder where it is missing, and builds start from it",
                help: [
                    isStated ? "did you mean `\(meant)`?" : "did you mean `\(meant)`? then state `path: \(meant)`",
                    "if the folder is to be new, write `# bayplan: allow(\(code.name)) new` above this line",
                ], fix: isStated ? context.renaming(project.path.value, to: meant, at: project.path.span) : nil)
        }
    }
}
