import Diagnostics
import SourceText

/// BP217 and BP605: a path that cannot be used, or that leaves the root.
enum InvalidPath: Rule {
    static let code = Code.invalidPath
    static let finds = "Paths that are absolute, empty or hold control characters, and paths that leave the root."
    static let matters = """
        Bayplan writes nowhere but below the root, whatever a manifest says, so that reading a stranger's manifest is \
        harmless.
        """

    static func check(_ context: inout RuleContext) {
        let manifest = context.manifest
        for project in manifest.projects { checkPath(project.path, "project's folder", &context) }
        if let name = manifest.outputs.compose {
            checkPath(name, "Compose file", &context)
            if name.value.utf8.contains(UInt8(ascii: "/")) {
                context.report(
                    .invalidPath, "`\(name.value)` is a path, not a file name", at: name.span,
                    "the file lies in each project's folder",
                    why: "relative paths in a Compose file start from its own folder",
                    help: ["write a file name such as `docker-compose.yml`"])
            }
        }
        for output in [manifest.outputs.scripts, manifest.outputs.bake, manifest.outputs.document] {
            if let output { checkPath(output, "artifact's path", &context) }
        }
    }

    private static func checkPath(_ path: Spanned<String>, _ noun: String, _ context: inout RuleContext) {
        if path.value.utf8.contains(UInt8(ascii: "$")) {
            // A project's path is told by BP115.
            return
        }
        if let fault = RelativePath.fault(path.value) {
            context.report(
                .invalidPath, "this cannot be a \(noun)", at: path.span, fault,
                help: ["write a path relative to the manifest's folder, such as `services/trading`"])
        } else if RelativePath.components(path.value, from: context.options.folderInRoot) == nil {
            let root = RelativePath.rootHolding(path.value)
            context.report(
                .outsideWorkspace, "this path leaves the root", at: path.span,
                "climbs above the folder that Bayplan may write to",
                why: "a manifest cannot widen its own root: whoever runs Bayplan decides where it may write",
                help: [
                    "move the project below the manifest's folder",
                    "or run with `--root \(root)` (or `BAYPLAN_ROOT=\(root)`) in the manifest's folder",
                ])
        }
    }
}
