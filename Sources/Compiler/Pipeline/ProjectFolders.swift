import Emission
import Inspection
import Resolution
import Rules
import SourceText
import Workspace

/// Looks into the project folders for what the rules ask of builds.
///
/// A folder that is not there, a pipe, a link or a huge file are findings of the rules, never failures of the run.
package struct ProjectFolders {
    /// The bytes of the largest Dockerfile that is read.
    static let limit = 1 << 20
    /// About the comparisons of bytes for names that were probably meant.
    private static let stepsForNames = 30_000_000
    /// The bytes of the largest lock that is read.
    private static let lockLimit = 16 << 20

    private let root: RootFolder
    private let layout: Layout
    /// The manifest's folder as messages write it, with its slash.
    private let prefix: String

    /// Nil where the root cannot be opened.
    ///
    /// - Parameter manifest: the manifest's path as messages write it.
    package init?(below path: String, layout: Layout, manifest: String) {
        guard let root = try? RootFolder(path) else { return nil }
        self.root = root
        self.layout = layout
        prefix = manifest.lastIndex(of: "/").map { String(manifest[...$0]) } ?? ""
    }

    package func read(_ resolution: Resolution, _ questions: BuildQuestions) -> BuildSources {
        let probes = questions.probes
        // Of folders that are not there, nobody asks.
        lazy var own = ownNames(resolution, questions)
        var known: [String: Bool] = [:]
        func isThere(_ project: [String]) -> Bool {
            let key = project.joined(separator: "/")
            if let known = known[key] { return known }
            let isThere = root.holdsMore(than: own[own.place(of: project)], in: project)
            known[key] = isThere
            return isThere
        }
        var steps = Self.stepsForNames
        let places = NearPlaces(below: root)
        let answers = probes.map { isThere($0.project) ? found($0, places, &steps) : .noProject }
        return BuildSources(
            questions, found: answers, nearFolders: nearFolders(questions, places, &steps, isThere: isThere))
    }

    /// By folder, the names of what Bayplan writes into it. Each folder on the way to that is its own, too.
    private func ownNames(_ resolution: Resolution, _ questions: BuildQuestions) -> PathTree<Set<String>> {
        var own = PathTree<Set<String>>([])
        for folder in questions.folders { if let folder { _ = own.place(of: folder) } }
        for path in resolution.ownPaths(folderInRoot: layout.folder) + lockedPaths() {
            var place: PathTree<Set<String>>.Place? = .root
            for part in path {
                guard let folder = place else { break }
                own[folder].insert(part)
                place = own.next(part, from: folder)
            }
        }
        return own
    }

    /// The folders that were probably meant by projects whose own is not there. A folder that another project has, or builds
    /// from, is not meant.
    private func nearFolders(
        _ questions: BuildQuestions, _ places: NearPlaces, _ steps: inout Int, isThere: @escaping ([String]) -> Bool
    ) -> [Int: [String]] {
        var taken: PathTree<Void>?
        let search = NearPath(
            names: places.names, isMissing: { !isThere($0) },
            isWanted: { folder in
                guard isThere(folder) else { return false }
                let known = taken ?? questions.takenFolders(isThere: isThere)
                taken = known
                return !known.holds(folder)
            })
        let withBuilds = Set(questions.probes.map { WorkspacePath($0.project) })
        var near: [Int: [String]] = [:]
        for (project, folder) in questions.folders.enumerated() {
            guard let folder, !isThere(folder),
                withBuilds.contains(WorkspacePath(folder)) || folder.last.map({ $0.utf8.count > 3 }) ?? false
            else { continue }
            near[project] = search.closest(to: folder, within: &steps)
        }
        return near
    }

    /// What Bayplan wrote last: an artifact that is no longer emitted is no project either.
    private func lockedPaths() -> [[String]] {
        guard case .file(let bytes) = root.look(at: layout.folder + [Lock.fileName], limit: Self.lockLimit) else {
            return []
        }
        let home = WorkspacePath(layout.folder)
        return Lock(parsing: bytes).hashes.keys.compactMap { home.appending($0.path.text)?.parts }
    }

    private func found(_ probe: BuildProbe, _ places: NearPlaces, _ steps: inout Int) -> BuildSources.Found {
        if let dockerfile = probe.dockerfile, let found = dockerfileFound(dockerfile, probe) { return found }
        func near(_ path: [String], _ isWanted: @escaping ([String]) -> Bool) -> [String]? {
            NearPath(
                names: places.names,
                isMissing: { if case .missing = root.look(at: $0, limit: 0) { true } else { false } },
                isWanted: isWanted
            ).closest(to: path, within: &steps)
        }
        switch root.look(at: probe.context, limit: 0) {
        case .missing: return .noContext(near: near(probe.context, places.isFolder))
        case .folder:
            guard let dockerfile = probe.dockerfile else { return .context }
            return .noDockerfile(near: near(dockerfile, places.isFile))
        case .file: return .noContext(near: nil)
        case .other(let what): return .unreadable(what, probe.context)
        }
    }

    /// What stands where the Dockerfile is to be; nil for nothing.
    private func dockerfileFound(_ path: [String], _ probe: BuildProbe) -> BuildSources.Found? {
        switch root.look(at: path, limit: Self.limit) {
        case .file(let bytes):
            let shown = prefix + Layout.relative(from: layout.folder, to: path)
            return .dockerfile(SourceFile(path: shown, bytes: bytes))
        case .folder: return .unreadable("a folder", path)
        case .other(let what): return .unreadable(what, path)
        case .missing:
            guard probe.isDefaultName, path.last == "Dockerfile" else { return nil }
            return dockerfileFound(path.dropLast() + ["dockerfile"], probe)
        }
    }
}
