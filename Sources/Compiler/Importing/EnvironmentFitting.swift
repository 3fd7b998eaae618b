import Diagnostics
import Dockerfiles
import Emission
import Importing
import SourceText
import Workspace
import YAMLSyntax

/// Imports what was asked for, with those files as environments that a manifest can say whole.
///
/// A file such as `compose.production.yaml` is nothing that Compose reads by itself. Where nobody asked for it, it must
/// not stop the import of what Compose does read.
struct EnvironmentFitting {
    private var request: ImportRequest
    private let files: LinkedFiles
    private let layout: Layout
    private let manifest: String
    private let console: Console
    /// How messages write what lies below the root.
    private let shown: ShownPaths
    /// What was read, since several attempts read the same.
    private var contents: [FilePath: FileContent] = [:]
    /// The name that the manifest of the last attempt gives the workspace; nil where it states none.
    private(set) var workspaceName: String?

    init(_ request: ImportRequest, files: LinkedFiles, layout: Layout, manifest: String, console: Console) {
        self.request = request
        self.files = files
        self.layout = layout
        self.manifest = manifest
        self.console = console
        shown = ShownPaths(
            home: WorkspacePath(),
            folder: ComposeDiscovery.relative(from: Discovery.canonical(".") ?? "/", to: files.top))
    }

    /// The manifest and what is told of it, what it breaks of the rules included.
    ///
    /// - Parameter optional: for each project, whether an environment of it that does not fit is left out.
    mutating func imported(optional: [Bool]) -> (manifest: [UInt8]?, diagnostics: DiagnosticList) {
        var left = DiagnosticList()
        var attempt = self.attempt()
        // A fault of one file hides those of another at most as often as there are files.
        for _ in 0..<20 {
            let faults = self.faults(attempt.diagnostics, optional)
            if faults.isEmpty { break }
            for (file, finding) in faults {
                for index in request.projects.indices {
                    request.projects[index].environments.removeAll { $0.file == file }
                }
                left.report(leftOut(file, finding))
            }
            attempt = self.attempt()
        }
        attempt.diagnostics.report(contentsOf: left.items)
        return attempt
    }

    /// For each optional environment the first finding that says that it cannot be carried over whole.
    private func faults(_ found: DiagnosticList, _ optional: [Bool]) -> [(file: FilePath, finding: Diagnostic)] {
        let candidates = zip(request.projects, optional).filter(\.1).flatMap { $0.0.environments.map(\.file) }
        if candidates.isEmpty { return [] }
        let sorted = found.sorted()
        var result: [(file: FilePath, finding: Diagnostic)] = []
        for file in candidates {
            let name = shown(file)
            let faults = sorted.filter {
                $0.primary.location.file.path == name
                    && ($0.severity == .error || $0.code == .notCarried && $0.severity == .warning)
            }
            // What is wrong then follows from what is not carried over.
            let fault = faults.first { $0.code == .notCarried } ?? faults.first
            if let fault { result.append((file, fault)) }
        }
        // An error that lies elsewhere may still come of one of them, or of them together.
        if result.isEmpty, let error = sorted.first(where: { $0.severity == .error }), self.error(optional, []) == nil {
            if candidates.count <= Self.triedAlone {
                result = candidates.compactMap { file in self.error(optional, [file]).map { (file, $0) } }
            }
            if result.isEmpty { result = candidates.map { ($0, error) } }
        }
        return result
    }

    /// How many environments are tried one by one at most: each is an import of everything.
    private static let triedAlone = 20

    /// The first error where of the optional environments only those of some files are there.
    private func error(_ optional: [Bool], _ kept: [FilePath]) -> Diagnostic? {
        var copy = self
        for index in copy.request.projects.indices where optional[index] {
            copy.request.projects[index].environments.removeAll { !kept.contains($0.file) }
        }
        return copy.attempt().diagnostics.sorted().first { $0.severity == .error }
    }

    private func leftOut(_ file: FilePath, _ finding: Diagnostic) -> Diagnostic {
        let name = file.last ?? ""
        var result = Diagnostic(
            .notCarried, "`\(name)` does not become an environment: \(finding.message)", at: finding.primary,
            also: finding.secondary, why: "Compose reads `\(name)` only where it is named, so that no project needs it",
            help: ["`bayplan import --environments` takes over of it what a manifest can say"])
        result.severity = .warning
        return result
    }

    // MARK: One attempt

    private mutating func attempt() -> (manifest: [UInt8]?, diagnostics: DiagnosticList) {
        var importing = Import(request)
        importing.read { path in
            let content = contents[path] ?? files.content(path)
            contents[path] = content
            console.progress?(.done("reading Compose files", contents.count, of: nil))
            return (content, shownAs: shown(path))
        }
        console.progress?(.doing("factoring out the manifest"))
        let result = importing.result { bases(of: $0) }
        workspaceName = result.workspaceName
        guard let bytes = result.manifest else { return (nil, result.diagnostics) }
        // What Compose takes can still break a rule of the manifest: two containers that publish one port.
        let source = SourceFile(path: manifest, bytes: bytes)
        let broken = check(source, PipelineOptions(layout: layout)).diagnostics.sorted().filter {
            $0.severity == .error
        }
        var found = result.diagnostics
        found.report(contentsOf: broken.map { result.origins.located($0) })
        // What `docker compose` will go on reading beside or instead of the Compose files that the manifest leads to.
        if let root = try? RootFolder(files.top, shown: shown) {
            let shadowed = ShadowedArtifacts(root: root, rootPath: files.top)
            found.report(contentsOf: result.outputs.flatMap(shadowed.diagnostics))
        }
        return (bytes, found)
    }

    /// The repositories that a Dockerfile builds on or takes files from, as people write them.
    private func bases(of file: BuildFile) -> [String] {
        let source: SourceFile
        switch file {
        case .inline(let text): source = SourceFile(path: "", bytes: Array(text.utf8))
        case .file(let path):
            guard case .bytes(let bytes) = files.content(path), bytes.count <= ProjectFolders.limit else { return [] }
            source = SourceFile(path: "", bytes: bytes)
        }
        return StageGraph(Stages(Dockerfile(source)), StageInputs()).uses.joined().compactMap { use in
            if case .image(let reference) = use.source { ImageName(reference).familiarRepository } else { nil }
        }
    }
}
