import Resolution
import SourceText
import StrategyManifest

/// What a build needs on disk: the question to whoever may read.
package struct BuildLook: Equatable, Sendable {
    /// The components of the paths from the root.
    package let project: [String]
    package let context: [String]
    /// Nil where the Dockerfile stands in the manifest.
    package let dockerfile: [String]?
    /// Whether `dockerfile` in lower case will do, too.
    package let isDefaultName: Bool

    /// What tells it from other questions.
    package var key: String {
        // No component holds a NUL or a slash.
        let parts = [project, context, dockerfile ?? ["/"]].map { $0.joined(separator: "/") }
        return parts.joined(separator: "\0") + (isDefaultName ? "\0" : "")
    }

    init?(_ place: BuildPlace) {
        guard case .folder(let context) = place.context else { return nil }
        project = place.project
        self.context = context
        isDefaultName = place.isDefaultName
        switch place.recipe {
        case .file(let path): dockerfile = path
        case .inline: dockerfile = nil
        case .outside, .unsettled: return nil
        }
    }
}

/// What was found for the builds of a manifest.
package struct BuildSources: Sendable {
    package enum Found: Sendable {
        /// The project's folder is not there, or holds nothing but what Bayplan writes.
        case noProject
        case noContext
        case noDockerfile
        /// Something is there that is not read: what, such as `a symbolic link`, and where.
        case unreadable(String, [String])
        case dockerfile(SourceFile)
        /// The context is there, and the Dockerfile stands in the manifest.
        case context
    }

    /// By the question's `key`.
    package var found: [String: Found] = [:]

    package init() {}
}

extension Resolution {
    /// What the builds of all images need on disk, each once, in the manifest's order.
    package func buildLooks(folderInRoot: [String]) -> [BuildLook] {
        var seen: Set<String> = []
        return manifest.images.indices.compactMap { image in
            guard let place = BuildPlace(of: image, self, folderInRoot), let look = BuildLook(place),
                seen.insert(look.key).inserted
            else { return nil }
            return look
        }
    }

    /// The paths from the root of everything that Bayplan may have put into a project's folder.
    package func ownPaths(folderInRoot: [String]) -> [[String]] {
        func place(_ path: String, _ folder: [String]) -> [String]? {
            RelativePath.fault(path) == nil ? RelativePath.components(path, from: folder) : nil
        }
        var paths: [[String]] = []
        for output in [manifest.outputs.scripts, manifest.outputs.bake, manifest.outputs.document] {
            if let path = output.flatMap({ place($0.value, folderInRoot) }) { paths.append(path) }
        }
        let names = [nil] + manifest.environments.map { manifest.text($0.name) }
        for project in manifest.projects {
            guard let folder = place(project.path.value, folderInRoot) else { continue }
            paths.append(folder)
            guard let compose = manifest.outputs.compose else { continue }
            for name in names { paths.append(folder + [Outputs.composeFileName(compose.value, environment: name)]) }
        }
        return paths
    }
}
