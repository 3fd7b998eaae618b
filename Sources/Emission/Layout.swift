import Planning
import SourceText
import StrategyManifest

/// Where things lie: the manifest and every artifact, as components of their paths from the root.
package struct Layout: Sendable {
    /// The manifest's folder.
    package let folder: [String]
    /// The manifest's file name.
    package let manifestName: String

    package init(folder: [String], manifestName: String) {
        self.folder = folder
        self.manifestName = manifestName
    }

    /// The components of a path that the manifest states; checked paths stay below the root.
    package func components(_ path: String) -> [String] {
        WorkspacePath(folder).appending(path)?.parts ?? []
    }

    /// The deepest folder that holds the manifest, all projects and all artifacts, whatever the root is.
    package func home(of plan: Plan) -> [String] {
        let projects = plan.manifest.projects
        var places = projects.indices.map { components(projects[$0].path.value) }
        for kind in ArtifactKind.allCases {
            guard let output = plan.manifest.outputs[kind] else { continue }
            switch kind.facts.place {
            case .projects: break
            case .file: places.append(components(output.value).dropLast())
            case .folder: places.append(components(output.value))
            }
        }
        return places.reduce(folder) { home, place in
            WorkspacePath(home).common(with: WorkspacePath(place)).parts
        }
    }

    /// The same places as seen from a folder that holds the manifest.
    package func seen(from home: [String]) -> Layout {
        Layout(folder: Array(folder.dropFirst(home.count)), manifestName: manifestName)
    }

    /// The path from one folder to another place, both below the root: `../zixly/strategy.yaml`, `.` for the same.
    package static func relative(from folder: [String], to place: [String]) -> String {
        WorkspacePath(place).relative(from: WorkspacePath(folder))
    }
}
