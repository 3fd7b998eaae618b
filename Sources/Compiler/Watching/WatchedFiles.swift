import Diagnostics
import Emission
import Inspection
import Resolution
import Rules
import SourceText
import Workspace
import YAMLSyntax

/// The files on which the last round of a watching run depended, with their stamps.
///
/// Files are stamped before they are read, so that a change while a round is under way is never missed; what the round
/// itself may touch is stamped when it ends, so that no round follows from its own output. A class, because the round
/// tells it what it looks at while the watch holds it, too.
final class WatchedFiles {
    /// One thing beside the manifest.
    private struct Watched {
        enum Kind { case file, folder, folderAndNames }

        /// The components of the path from the root.
        let path: [String]
        /// The path that the system knows.
        let place: String
        let kind: Kind
        var stamp: FileStamp

        init(_ path: [String], below root: String, as kind: Kind) {
            self.path = path
            self.kind = kind
            place = (root == "/" ? "" : root) + "/" + path.joined(separator: "/")
            stamp = Self.stamp(of: place, kind)
        }

        var now: FileStamp { Self.stamp(of: place, kind) }
        var isChanged: Bool { now != stamp }

        private static func stamp(of place: String, _ kind: Kind) -> FileStamp {
            kind == .file
                ? FileStamp(ofFile: place, followsLinks: false)
                : FileStamp(ofFolder: place, noticesNames: kind == .folderAndNames)
        }
    }

    /// The manifest's path as messages write it.
    let manifest: String
    private var manifestStamp: FileStamp
    /// What is read for the builds.
    private var files: [Watched] = []
    /// What the round may touch: folders whose presence was asked for, and files in the way of artifacts.
    private var places: [Watched] = []
    /// The manifest's folder in the root.
    private var layout: Layout?
    private var parser = IncrementalParser()
    /// What the builds were last told, beside the stamps of then.
    private var known: (builds: KnownBuilds, files: [Watched], places: [Watched])?

    init(manifest: String) {
        self.manifest = manifest
        manifestStamp = FileStamp(ofFile: manifest, followsLinks: true)
    }

    /// Whether the structure of the manifest that was read last is sound.
    var isStructureSound: Bool {
        get { parser.isStructureSound }
        set { parser.isStructureSound = newValue }
    }

    /// The manifest as it is now.
    var manifestNow: FileStamp { FileStamp(ofFile: manifest, followsLinks: true) }
    /// Whether the manifest is no longer what the round reads or has read.
    var isManifestChanged: Bool { manifestNow != manifestStamp }

    /// Reads the manifest, of which most is what the last round read.
    func read(_ source: SourceFile, _ limits: Limits) -> (tree: Tree?, diagnostics: [Diagnostic]) {
        parser.read(source, limits: limits)
    }

    /// Begins a round: the manifest is about to be read.
    func begin() {
        manifestStamp = manifestNow
        files = []
        places = []
    }

    /// Answers what the builds ask, and takes note of what that depends on.
    ///
    /// What the last round found serves again where it was all there and nothing of it has changed.
    func answers(
        to questions: BuildQuestions, of resolution: Resolution, below root: String, layout: Layout,
        looking probe: BuildProbing
    ) -> BuildSources {
        self.layout = layout
        let ownPaths = resolution.ownPaths(folderInRoot: layout.folder)
        if let known, let answers = known.builds.answers(to: questions, ownPaths: ownPaths),
            !known.files.contains(where: { $0.isChanged }), !known.places.contains(where: { $0.isChanged })
        {
            (files, places) = (known.files, known.places)
            return answers
        }
        for probe in questions.probes {
            guard let path = probe.dockerfile else { continue }
            let file = Watched(path, below: root, as: .file)
            files.append(file)
            // Its other name counts only while this one is missing.
            if probe.isDefaultName, path.last == "Dockerfile", !file.stamp.isThere {
                files.append(Watched(path.dropLast() + ["dockerfile"], below: root, as: .file))
            }
        }
        let sources = probe(resolution, questions)
        noteFolders(sources, below: root)
        let builds = KnownBuilds(sources, for: questions.probes, ownPaths: ownPaths)
        known = builds.isAllThere ? (builds, files, places) : nil
        return sources
    }

    /// Takes note of the folders whose presence was asked for.
    private func noteFolders(_ sources: BuildSources, below root: String) {
        let probes = sources.questions.probes
        var seen: Set<[String]> = []
        func note(_ path: [String], as kind: Watched.Kind) {
            if seen.insert(path).inserted { places.append(Watched(path, below: root, as: kind)) }
        }
        for (probe, found) in zip(probes, sources.found) {
            // A project that is not checked out may be put into the folder that Bayplan's own files already made.
            if case .noProject = found { note(probe.project, as: .folderAndNames) }
        }
        for project in sources.nearFolders.keys.sorted() {
            if let folder = sources.questions.folders[project] { note(folder, as: .folderAndNames) }
        }
        for probe in probes { note(probe.context, as: .folder) }
    }

    /// Takes note of files that stand in the way of artifacts.
    func didRefuse(_ changes: [Change], below root: String, layout: Layout) {
        self.layout = layout
        places += changes.map { Watched($0.path, below: root, as: .file) }
    }

    /// Ends a round.
    func end() {
        for index in places.indices { places[index].stamp = places[index].now }
    }

    /// What differs from the last round beside the manifest, as messages write it.
    var others: [String] { (files + places).filter { $0.isChanged }.map { shown($0.path) } }

    private func shown(_ path: [String]) -> String {
        let prefix = manifest.lastIndex(of: "/").map { String(manifest[...$0]) } ?? ""
        return visible(prefix + Layout.relative(from: layout?.folder ?? [], to: path))
    }
}
