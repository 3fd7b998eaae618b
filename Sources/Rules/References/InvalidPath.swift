import Diagnostics
import Inspection
import SourceText
import StrategyManifest

/// BP217 and BP605: a path that cannot be used, or that leaves the root.
enum InvalidPath: Rule {
    static let code = Code.invalidPath
    static let summary = "Paths that are absolute, empty or hold control characters, and paths that leave the root."
    static let rationale = """
        Bayplan writes nowhere but below the root, whatever a manifest says, so that reading a stranger's manifest is \
        harmless.
        """

    static func check(_ context: inout RuleContext) {
        let manifest = context.manifest
        let files = manifest.projectFiles
        let longest = longest(files.map(\.name).filter { $0.utf8.count <= longestName })
        for project in manifest.projects { checkPath(project.path, .project, holding: longest, &context) }
        checkNames(files, &context)
        for output in manifest.outputs.emitted {
            let name = output.name
            guard output.kind.facts.place == .projects else {
                checkPath(name, .artifact, holding: Self.longest(output.kind.facts.files), &context)
                continue
            }
            checkPath(name, .fileOfProject(output.kind), &context)
            if name.value.utf8.contains(UInt8(ascii: "/")) || [".", ".."].contains(name.value) {
                context.report(
                    .invalidPath, "`\(name.value)` is a path, not a file name", at: name.span,
                    "the file lies in each project's folder",
                    why: "relative paths in a \(output.kind.facts.noun) start from its own folder",
                    help: [Purpose.fileOfProject(output.kind).example])
            }
        }
    }

    private static func longest(_ names: [String]) -> String? { names.max { $0.utf8.count < $1.utf8.count } }

    /// Environments that make the name of a project's file longer than a file's name can be.
    private static func checkNames(_ files: [Manifest.ProjectFile], _ context: inout RuleContext) {
        for file in files where file.name.utf8.count > longestName {
            guard let index = file.environment, let stated = context.manifest.outputs[file.kind],
                stated.value.utf8.count <= longestName
            else { continue }
            context.report(
                .invalidPath, "no file can have the name that this environment's \(file.kind.facts.noun) would have",
                at: context.manifest.environments[index].name.span, "it would be longer than \(longestName) bytes",
                also: stated.span.count > 0 ? [context.label(stated.span, "it begins with this")] : [],
                help: ["choose a shorter name"])
        }
    }

    /// The bytes of a file's longest name.
    private static let longestName = 255

    /// What a path is to name.
    private enum Purpose: Equatable {
        case project
        case fileOfProject(ArtifactKind)
        case artifact

        var noun: String {
            switch self {
            case .project: "a project's folder"
            case .fileOfProject(let kind): "a " + kind.facts.noun
            case .artifact: "an artifact's path"
            }
        }

        var example: String {
            switch self {
            case .project: "write a path relative to the manifest's folder, such as `services/trading`"
            case .fileOfProject(let kind): "write a file name such as `\(kind.facts.defaultName)`"
            case .artifact: "write a path relative to the manifest's folder, such as `build/bake.json`"
            }
        }
    }

    /// - Parameter name: what is to be written into it, where it is a folder.
    private static func checkPath(
        _ path: Spanned<String>, _ purpose: Purpose, holding name: String? = nil, _ context: inout RuleContext
    ) {
        if path.value.utf8.contains(UInt8(ascii: "$")) {
            // A project's path is told by BP115.
            return
        }
        let whole = name.flatMap { name in
            WorkspacePath.excess(of: path.value + "/" + name).map { "with `\(name)` in it, " + $0 }
        }
        if let fault = RelativePath.fault(path.value) ?? whole {
            context.report(
                .invalidPath, "this cannot be \(purpose.noun)", at: path.span, fault, help: [purpose.example])
        } else if RelativePath.components(path.value, from: context.options.folderInRoot) == nil {
            let root = RelativePath.rootHolding(path.value)
            context.report(
                .outsideWorkspace, "this path leaves the root", at: path.span,
                "climbs above the folder that Bayplan may write to",
                why: "a manifest cannot widen its own root: whoever runs Bayplan decides where it may write",
                help: [
                    purpose == .project
                        ? "move the project below the manifest's folder" : "name a place below the manifest's folder",
                    "or run with `--root \(root)` (or `BAYPLAN_ROOT=\(root)`) in the manifest's folder",
                ])
        }
    }
}
