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
        if probes.isEmpty { return BuildSources(questions) }
        // Each folder on the way to what Bayplan writes is its own, too.
        var own = PathTree<Set<String>>([])
        for probe in probes { _ = own.place(of: probe.project) }
        for path in resolution.ownPaths(folderInRoot: layout.folder) + lockedPaths() {
            var place: PathTree<Set<String>>.Place? = .root
            for part in path {
                guard let folder = place else { break }
                own[folder].insert(part)
                place = own.next(part, from: folder)
            }
        }
        var isThere: [String: Bool] = [:]
        let answers: [BuildSources.Found] = probes.map { probe in
            let project = probe.project.joined(separator: "/")
            let there = isThere[project] ?? root.holdsMore(than: own[own.place(of: probe.project)], in: probe.project)
            isThere[project] = there
            return there ? found(probe) : .noProject
        }
        return BuildSources(questions, found: answers)
    }

    /// What Bayplan wrote last: an artifact that is no longer emitted is no project either.
    private func lockedPaths() -> [[String]] {
        guard case .file(let bytes) = root.look(at: layout.folder + [Lock.fileName], limit: Self.lockLimit) else {
            return []
        }
        let home = WorkspacePath(layout.folder)
        return Lock(parsing: bytes).hashes.keys.compactMap { home.appending($0.path.text)?.parts }
    }

    private func found(_ probe: BuildProbe) -> BuildSources.Found {
        if let dockerfile = probe.dockerfile, let found = dockerfileFound(dockerfile, probe) { return found }
        switch root.look(at: probe.context, limit: 0) {
        case .missing: return .noContext
        case .folder: return probe.dockerfile == nil ? .context : .noDockerfile
        case .file: return .noContext
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
