import Diagnostics
import Emission
import Inspection
import LanguageServer
import Planning
import Resolution
import Rules
import SourceText
import Workspace
import YAMLSyntax

/// `bayplan lsp`: a language server on standard input and output; nothing is written to disk.
package struct LanguageServerRun {
    /// What every manifest is read with; its root is used for the manifests below it.
    package var session = SessionOptions()
    package var version = ""
    /// What the client sends.
    package var input = InputStream()

    package init() {}

    /// Serves until the client says goodbye or closes the input.
    ///
    /// - Returns: `clean` for a client that shut the server down before; `findings`, whose status is 1, otherwise
    ///   (LSP 3.17, "Exit Notification").
    package func run(_ console: Console) throws(SystemFailure) -> ExitStatus {
        keepFreedMemory()
        let probes = FolderProbes()
        let host = ServerHost(version: version, forget: { probes.known = [:] }) { analysis(of: $0, at: $1, probes) }
        var server = LanguageServer(host)
        var stream = MessageStream()
        while true {
            while let part = stream.next() {
                guard case .message(let body) = part else {
                    console.fail("what came is no message of the language server protocol")
                    return .findings
                }
                for answer in server.receive(body) { console.output(MessageStream.framed(answer)) }
                if let status = server.exitStatus { return status == 0 ? .clean : .findings }
            }
            if server.hasPending, !input.isReady {
                for message in server.publish() { console.output(MessageStream.framed(message)) }
                continue
            }
            guard let piece = try input.next() else { return .findings }
            stream.append(piece)
        }
    }

    /// The pipeline over a text of the editor's, with the project folders looked at as `validate` does.
    private func analysis(of source: SourceFile, at path: String?, _ probes: FolderProbes) -> Analysis {
        let place = path.flatMap { ManifestPlace($0, root: session.root) }
        let layout = place?.layout ?? Layout(folder: [], manifestName: ManifestFile.usualName)
        var options = PipelineOptions(layout: layout)
        options.limits = session.limits
        var resolution: Resolution?
        let (checked, diagnostics, isSound) = check(
            source, options,
            looking: {
                resolution = $0
                guard let place, session.probesBuilds else { return BuildSources($1) }
                return probes.sources(of: $0, $1, at: place, manifest: source.path)
            }, reading: probes.read)
        probes.isStructureSound = isSound
        return Analysis(source: source, resolution: resolution, checked: checked, diagnostics: diagnostics.sorted())
    }
}

/// What was found in the project folders, kept between edits that ask them the same: thousands of looks at the disk
/// would take longer than everything else.
private final class FolderProbes {
    /// By the manifest's path, until something is opened or saved.
    var known: [String: KnownBuilds] = [:]
    /// Of the manifest that was edited last, by its path: one edits one at a time.
    private var last = (path: "", parser: IncrementalParser())

    /// Whether the structure of the text that was read last is sound.
    var isStructureSound: Bool {
        get { last.parser.isStructureSound }
        set { last.parser.isStructureSound = newValue }
    }

    /// Reads a text, of which most is what the last one was.
    func read(_ source: SourceFile, _ limits: Limits) -> (tree: Tree?, diagnostics: [Diagnostic]) {
        if last.path != source.path { last = (source.path, IncrementalParser()) }
        return last.parser.read(source, limits: limits)
    }

    func sources(
        of resolution: Resolution, _ questions: BuildQuestions, at place: ManifestPlace, manifest: String
    ) -> BuildSources {
        let ownPaths = resolution.ownPaths(folderInRoot: place.layout.folder)
        if let answers = known[manifest]?.answers(to: questions, ownPaths: ownPaths) { return answers }
        let folders = ProjectFolders(below: place.root, layout: place.layout, manifest: manifest)
        let sources = folders?.read(resolution, questions) ?? BuildSources(questions)
        known[manifest] = KnownBuilds(sources, for: questions.probes, ownPaths: ownPaths)
        return sources
    }
}

/// Where a manifest lies below its root.
private struct ManifestPlace {
    let root: String
    let layout: Layout

    /// Nil for a file whose folder is not there.
    init?(_ path: String, root stated: String?) {
        guard let slash = path.lastIndex(of: "/"), let folder = Discovery.canonical(String(path[..<slash]) + "/") else {
            return nil
        }
        let name = WorkspacePath.folderAndName(of: path).name
        // A manifest that lies elsewhere than below the stated root is one of another checkout.
        let places = [stated, nil].lazy.compactMap { try? Discovery.root($0, of: folder) }
        let found = places.compactMap { root in Discovery.components(from: root, to: folder).map { (root, $0) } }.first
        root = found?.0 ?? folder
        layout = Layout(folder: found?.1 ?? [], manifestName: name)
    }
}
