import Resolution
import StrategyManifest

/// What the builds of a manifest need on disk, and where each lies.
package struct BuildQuestions: Sendable {
    /// The questions, each once, in the manifest's order.
    package private(set) var looks: [BuildLook] = []
    /// Where the build of each image lies; nil for an image that is not built, or whose owner or path is unknown.
    let places: [BuildPlace?]
    /// The question of each image in `looks`, or -1.
    private var lookOfImage: [Int] = []

    /// - Parameter folderInRoot: the components of the path from the root to the manifest's folder.
    package init(of resolution: Resolution, folderInRoot: [String]) {
        places = resolution.manifest.images.indices.map { BuildPlace(of: $0, resolution, folderInRoot) }
        var known: [String: Int] = [:]
        for place in places {
            guard let place, let look = BuildLook(place) else {
                lookOfImage.append(-1)
                continue
            }
            let index = known[look.key] ?? looks.count
            if index == looks.count {
                known[look.key] = index
                looks.append(look)
            }
            lookOfImage.append(index)
        }
    }

    /// The question of an image's build.
    func look(of image: Int) -> Int? { lookOfImage[image] < 0 ? nil : lookOfImage[image] }
}

extension Resolution {
    /// The paths from the root of everything that Bayplan may have put into a project's folder.
    package func ownPaths(folderInRoot: [String]) -> [[String]] {
        func place(_ path: String, _ folder: [String]) -> [String]? {
            RelativePath.fault(path) == nil ? RelativePath.components(path, from: folder) : nil
        }
        var paths: [[String]] = []
        for output in manifest.outputs.emitted where output.kind.facts.place != .projects {
            if let path = place(output.name.value, folderInRoot) { paths.append(path) }
        }
        let files = manifest.projectFiles
        for project in manifest.projects {
            guard let folder = place(project.path.value, folderInRoot) else { continue }
            paths.append(folder)
            for file in files.map(\.name) + [OwnFiles.lock] { paths.append(folder + [file]) }
        }
        return paths
    }
}
