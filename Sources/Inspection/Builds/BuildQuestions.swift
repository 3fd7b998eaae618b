import Resolution
import SourceText
import StrategyManifest

/// What the builds of a manifest need on disk, and where each lies.
package struct BuildQuestions: Sendable {
    /// The path of each project's folder from the root; nil where it is no path, holds a variable or leaves the root.
    package let folders: [[String]?]
    /// The questions, each once, in the manifest's order.
    package private(set) var probes: [BuildProbe] = []
    /// Where the build of each image lies; nil for an image that is not built, or whose owner or path is unknown.
    package let places: [BuildPlace?]
    /// The question of each image in `looks`, or -1.
    private var probeOfImage: [Int] = []
    /// The builds of environments that are not development's.
    package private(set) var own: [Own] = []

    /// A build of an environment, and the question about it.
    package struct Own: Sendable {
        package let variant: Int
        package let image: Int
        package let place: BuildPlace
        package let probe: Int?
    }

    /// - Parameter folderInRoot: the components of the path from the root to the manifest's folder.
    package init(of resolution: Resolution, folderInRoot: [String]) {
        folders = resolution.manifest.projects.map { project in
            let path = project.path.value
            guard RelativePath.fault(path) == nil, !path.utf8.contains(UInt8(ascii: "$")) else { return nil }
            return RelativePath.components(path, from: folderInRoot)
        }
        places = resolution.manifest.images.indices.map { BuildPlace(of: $0, resolution, folderInRoot) }
        var known: [String: Int] = [:]
        for place in places { probeOfImage.append(place.flatMap { Self.probe($0, &probes, &known) } ?? -1) }
        for (index, variant) in resolution.variants.enumerated() {
            guard let images = variant.images else { continue }
            let seen = resolution.seen(from: index)
            for (image, declared) in images.enumerated()
            where declared.build?.node != resolution.manifest.images[image].build?.node {
                guard let place = BuildPlace(of: image, seen, folderInRoot) else { continue }
                own.append(
                    Own(variant: index, image: image, place: place, probe: Self.probe(place, &probes, &known)))
            }
        }
    }

    /// The question about a place, which is asked once.
    private static func probe(_ place: BuildPlace, _ probes: inout [BuildProbe], _ known: inout [String: Int]) -> Int? {
        guard let probe = BuildProbe(place) else { return nil }
        let index = known[probe.key] ?? probes.count
        if index == probes.count {
            known[probe.key] = index
            probes.append(probe)
        }
        return index
    }

    /// The question of an image's build.
    package func probe(of image: Int) -> Int? { probeOfImage[image] < 0 ? nil : probeOfImage[image] }
}

extension BuildQuestions {
    /// The folders that are somebody's already, so that no misspelt project means them or one that holds one of them: those
    /// of projects, and the build contexts of projects that are there.
    package func takenFolders(isThere: (_ project: [String]) -> Bool) -> PathTree<Void> {
        var taken = PathTree<Void>(())
        for case let folder? in folders { _ = taken.place(of: folder) }
        for probe in probes where isThere(probe.project) { _ = taken.place(of: probe.context) }
        return taken
    }
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
