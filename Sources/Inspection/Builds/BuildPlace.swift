import ComposeSpec
import Resolution
import SourceText
import StrategyManifest
import YAMLSyntax

/// Where the build of an image lies, as far as the manifest says it.
///
/// A class, as the text of a Dockerfile is: rules take each build in turn, and a copy would count references to every part.
package final class BuildPlace: Sendable {
    package enum Context: Sendable, Equatable {
        /// A folder: the components of its path from the root.
        case folder([String])
        /// A folder that is not below the root, and is not read.
        case outside
        /// A Git repository, an archive or what else a scheme names.
        case remote
        /// It holds a variable.
        case unsettled
    }

    package enum DockerfileLocation: Sendable, Equatable {
        /// A file: the components of its path from the root.
        case file([String])
        case inline(NodeID)
        case outside
        case unsettled
    }

    /// The components of the path of the project's folder from the root.
    package let project: [String]
    package let context: Context
    package let contextSpan: Span
    package let dockerfileLocation: DockerfileLocation
    /// The `dockerfile` where it is stated, else the context.
    package let dockerfileSpan: Span
    /// Whether the manifest names no Dockerfile, so that `Dockerfile` and `dockerfile` are looked for.
    package let isDefaultName: Bool

    /// Nil for an image that is not built, or whose owner or path is unknown.
    package init?(of image: Int, _ resolution: borrowing Resolution, _ folderInRoot: [String]) {
        let manifest = resolution.manifest
        guard let build = manifest.images[image].build, let owner = resolution.owner(of: image) else { return nil }
        let path = manifest.projects[owner].path.value
        guard RelativePath.fault(path) == nil, !path.utf8.contains(UInt8(ascii: "$")),
            let project = RelativePath.components(path, from: folderInRoot)
        else { return nil }
        self.project = project
        contextSpan = build.context.span
        context = Self.context(build.context.value, project)
        dockerfileSpan = build.dockerfile?.span ?? contextSpan
        isDefaultName = build.dockerfile == nil
        if let inline = build.inlineDockerfile {
            dockerfileLocation = .inline(inline)
            return
        }
        let name = build.dockerfile?.value ?? "Dockerfile"
        if name.utf8.contains(UInt8(ascii: "$")) {
            dockerfileLocation = .unsettled
        } else if case .folder(let folder) = context, !name.hasPrefix("/"), !name.hasPrefix("~"),
            WorkspacePath.excess(of: name) == nil, let components = RelativePath.components(name, from: folder),
            !components.isEmpty
        {
            dockerfileLocation = .file(components)
        } else {
            dockerfileLocation = .outside
        }
    }

    private static func context(_ context: BuildContext, _ project: [String]) -> Context {
        guard context.isSettled else { return .unsettled }
        let text = context.text
        switch context.kind {
        case .variable: return .unsettled
        case .remote, .image: return .remote
        case .outside: return .outside
        // A service is a context only beside the first one: Compose hands its name on like a path.
        case .folder, .service:
            guard RelativePath.fault(text.isEmpty ? "." : text) == nil,
                let components = RelativePath.components(text, from: project)
            else { return .outside }
            return .folder(components)
        }
    }
}
