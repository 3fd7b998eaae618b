import Resolution
import SourceText
import StrategyManifest
import YAMLSyntax

/// Where the build of an image lies, as far as the manifest says it.
package struct BuildPlace: Sendable {
    package enum Context: Sendable, Equatable {
        /// A folder: the components of its path from the root.
        case folder([String])
        /// A folder that is not below the root, and is not read.
        case outside
        /// A Git repository, an archive or standard input.
        case remote
        /// It holds a variable.
        case unsettled
    }

    package enum Recipe: Sendable, Equatable {
        /// A file: the components of its path from the root.
        case file([String])
        case inline(NodeID)
        case outside
        case unsettled
    }

    /// The components of the path of the project's folder from the root.
    let project: [String]
    let context: Context
    let contextSpan: Span
    let recipe: Recipe
    /// The `dockerfile` where it is stated, else the context.
    let recipeSpan: Span
    /// Whether the manifest names no Dockerfile, so that `Dockerfile` and `dockerfile` are looked for.
    let isDefaultName: Bool

    /// Nil for an image that is not built, or whose owner or path is unknown.
    init?(of image: Int, _ resolution: borrowing Resolution, _ folderInRoot: [String]) {
        let manifest = resolution.manifest
        let tree = manifest.tree
        guard let build = manifest.images[image].build, let owner = resolution.owner(of: image) else { return nil }
        let path = manifest.projects[owner].path.value
        guard RelativePath.fault(path) == nil, !path.utf8.contains(UInt8(ascii: "$")),
            let project = RelativePath.components(path, from: folderInRoot)
        else { return nil }
        self.project = project
        let isShort = tree[build].kind == .scalar
        let contextNode = isShort ? build : tree.value("context", in: build)
        contextSpan = tree[contextNode ?? build].span
        let contextText = contextNode.map { tree.text($0) } ?? "."
        context = Self.context(contextText, project)
        let file = isShort ? nil : tree.value("dockerfile", in: build)
        recipeSpan = file.map { tree[$0].span } ?? contextSpan
        isDefaultName = file == nil
        if !isShort, let inline = tree.value("dockerfile_inline", in: build) {
            recipe = .inline(inline)
            return
        }
        let name = file.map { tree.text($0) } ?? "Dockerfile"
        if name.utf8.contains(UInt8(ascii: "$")) {
            recipe = .unsettled
        } else if case .folder(let folder) = context, !name.hasPrefix("/"), !name.hasPrefix("~"),
            WorkspacePath.excess(of: name) == nil, let components = RelativePath.components(name, from: folder),
            !components.isEmpty
        {
            recipe = .file(components)
        } else {
            recipe = .outside
        }
    }

    private static func context(_ text: String, _ project: [String]) -> Context {
        if text.utf8.contains(UInt8(ascii: "$")) { return .unsettled }
        let isRemote =
            text == "-" || text.utf8.contains(UInt8(ascii: ":")) && text.contains("://") || text.hasPrefix("git@")
            || text.hasPrefix("github.com/") || text.utf8.suffix(4).elementsEqual(".git".utf8)
        if isRemote { return .remote }
        guard !text.hasPrefix("/"), !text.hasPrefix("~"), RelativePath.fault(text.isEmpty ? "." : text) == nil,
            let components = RelativePath.components(text, from: project)
        else { return .outside }
        return .folder(components)
    }
}
