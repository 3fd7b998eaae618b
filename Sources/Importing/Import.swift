import Diagnostics
import SourceText
import YAMLSyntax

/// Compose files → one manifest, as a person would have factored it.
///
/// The module reads no disk: it asks for the content of each file that it needs (`read`), and makes the manifest's text
/// once nothing more is wanted. It knows Compose's ways of spreading a project over files and what the manifest's
/// language can say; checking the manifest belongs to `Rules`.
///
/// Bounded: no file is asked for twice, none outside the root, at most `fileBound` altogether, and their bytes
/// together stay below the limit of one manifest.
package struct Import {
    let request: ImportRequest
    private var files: [String: ParsedFile] = [:]
    /// By path, why a file was not read.
    private var absent: [String: String] = [:]
    /// By path, what messages call a file that was not read.
    private var absentNames: [String: String] = [:]
    /// In the order in which they were asked for: what is read and reported depends on it.
    private var order: [String] = []
    private var asked: Set<String> = []
    /// Each file once for each folder that its paths start from.
    private var visited: Set<String> = []
    private var pending: [(path: FilePath, folder: FilePath)] = []
    /// Files of variables that were asked for, and what those that are there set.
    private var variableFiles: Set<String> = []
    private var variables: [String: DotEnv] = [:]
    private var bytesRead = 0

    static let fileBound = 10_000
    private static let tooMany = "an import reads at most \(fileBound) files"

    /// The files to supply next; empty when the manifest can be made.
    private var wanted: [FilePath] = []
    /// The first file of each project.
    private let firstFiles: Set<FilePath>

    package init(_ request: ImportRequest) {
        self.request = request
        firstFiles = Set(request.projects.compactMap(\.files.first))
        for project in request.projects {
            for file in project.files + project.environments.map(\.file) { want(file, in: project.folder) }
        }
        advance()
    }

    /// Reads what was asked for, and what that names in turn.
    ///
    /// - Parameter content: what a path holds, and how messages call it; it is asked once for each path.
    package mutating func read(_ content: (FilePath) -> (FileContent, shownAs: String)) {
        while !wanted.isEmpty {
            let paths = wanted
            wanted = []
            for path in paths {
                let (found, name) = content(path)
                supply(path, found, shownAs: name)
            }
            advance()
        }
    }

    private mutating func supply(_ path: FilePath, _ content: FileContent, shownAs name: String) {
        let key = Paths.text(path)
        absentNames[key] = name
        switch content {
        case .bytes(let bytes) where variableFiles.contains(key): variables[key] = DotEnv(bytes)
        case .missing: absent[key] = "there is no such file"
        case .refused(let what): absent[key] = "it is \(what)"
        case .bytes(let bytes):
            bytesRead += bytes.count
            if bytesRead > request.limits.fileBytes {
                absent[key] = "the files together hold more than \(request.limits.fileBytes) bytes"
                break
            }
            order.append(key)
            files[key] = ParsedFile(
                path, SourceFile(path: name, bytes: bytes), isPartial: !firstFiles.contains(path),
                limits: request.limits)
        }
    }

    /// The manifest and everything found; to be called once all is read.
    ///
    /// - Parameter bases: the repositories that a Dockerfile names as bases; no image is called like one.
    package func result(bases: (BuildFile) -> [String] = { _ in [] }) -> ImportResult {
        let parsed = order.compactMap { files[$0] }
        let found = parsed.flatMap(\.diagnostics) + unreadProjectFiles()
        let composeFiles = ComposeFiles(parsed)
        var reading = ProjectReading(
            composeFiles, absent: absent, variables, request, isSound: !found.contains { $0.severity == .error })
        // Nothing depends on the order in which the projects were named.
        var projects = reading.projects().sorted { ($0.name, Paths.text($0.folder)) < ($1.name, Paths.text($1.folder)) }
        var (tree, findings, extended) = reading.finish()
        var byHand = InstancesByHand(&tree.symbols)
        for index in projects.indices { byHand.take(from: &projects[index], &tree) }
        byHand.report(to: &findings)
        var all = found + findings.list.items
        if projects.isEmpty, !all.contains(where: { $0.severity == .error }), let first = parsed.first {
            all.append(Self.nothingLeft(first.source))
        }
        guard !all.contains(where: { $0.severity == .error }), !projects.isEmpty else {
            return ImportResult(manifest: nil, diagnostics: DiagnosticList(all), origins: Origins([]), outputs: [])
        }
        var factoring = Factoring(projects, tree, composeFiles, request)
        factoring.result.instances = byHand.variable
        if let name = byHand.workspaceName { factoring.result.name = name }
        for file in factoring.buildFiles() { factoring.bases.formUnion(bases(file)) }
        let draft = factoring.draft()
        var list = DiagnosticList(all)
        list.report(contentsOf: factoring.findings.list.items)
        let written = ManifestWriter(draft, factoring.tree, composeFiles, request, extended).written()
        for file in parsed {
            let kept = written.comments[file.source.path] ?? []
            if let finding = Self.lostComments(file, kept) { list.report(finding) }
        }
        let name = draft.composeName ?? Factoring.usualComposeName
        return ImportResult(
            manifest: written.bytes, diagnostics: list, origins: written.origins,
            outputs: projects.map { $0.folder + [name] }, workspaceName: draft.name)
    }

    /// The files that the command line or a folder names and that were not read, each told once.
    private func unreadProjectFiles() -> [Diagnostic] {
        var told: Set<String> = []
        return request.projects.flatMap { $0.files + $0.environments.map(\.file) }.compactMap { path in
            let key = Paths.text(path)
            guard let reason = absent[key], told.insert(key).inserted else { return nil }
            let source = SourceFile(path: absentNames[key] ?? key, bytes: [])
            return Diagnostic(
                .fileNotFollowed, "this Compose file cannot be read: \(reason)",
                at: .init(Location(source, .beginning), ""),
                why: "an import reads what Compose reads, but nothing outside the root",
                help: ["put the file itself here, or widen the root with `--root`"])
        }
    }

    /// What says that a file comes to nothing, as one that is `!reset` whole.
    private static func nothingLeft(_ source: SourceFile) -> Diagnostic {
        Diagnostic(
            .missingKey, "nothing of this Compose file is left to import",
            at: .init(Location(source, .beginning), "it declares no `services`"), help: ["add `services:`"])
    }

    /// The comments of a file that no key took along, told once.
    private static func lostComments(_ file: ParsedFile, _ kept: Set<UInt32>) -> Diagnostic? {
        let lost = Comments.all(file.source, file.trees).filter { !kept.contains($0.start) }
        guard let first = lost.first else { return nil }
        var finding = Diagnostic(
            .notCarried,
            lost.count == 1 ? "a comment is not carried over" : "\(lost.count) comments are not carried over",
            at: .init(Location(file.source, first), lost.count == 1 ? "this one" : "this is the first of them"),
            why: "a comment is kept where it stands on lines of its own over a service or one of its keys")
        finding.severity = .info
        return finding
    }

    /// Imports one file as a project, whatever it names: the whole way from bytes to a manifest.
    package static func single(_ bytes: [UInt8], limits: Limits = Limits()) -> ImportResult {
        let path = ["project", "compose.yaml"]
        var request = ImportRequest(projects: [.init(folder: ["project"], files: [path])])
        request.limits = limits
        var importing = Import(request)
        importing.read { ($0 == path ? .bytes(bytes) : .missing, shownAs: Paths.text($0)) }
        return importing.result()
    }

    private mutating func want(_ path: FilePath, in folder: FilePath) {
        let key = Paths.text(path)
        guard visited.count < Self.fileBound else {
            // What is not read is told where it is named.
            if files[key] == nil, absent[key] == nil, !asked.contains(key) { absent[key] = Self.tooMany }
            return
        }
        guard visited.insert(key + "\n" + Paths.text(folder)).inserted else { return }
        pending.append((path, folder))
    }

    private mutating func wantVariables(_ path: FilePath) {
        let key = Paths.text(path)
        guard asked.count < Self.fileBound, asked.insert(key).inserted else { return }
        variableFiles.insert(key)
        wanted.append(path)
    }

    /// Follows the names in what was read, until something is wanted or nothing is left.
    private mutating func advance() {
        var waiting: [(path: FilePath, folder: FilePath)] = []
        while let (path, folder) = pending.popLast() {
            let key = Paths.text(path)
            if let file = files[key] {
                for tree in file.trees {
                    for (named, start) in tree.namedFiles(of: tree.root, in: folder) { want(named, in: start) }
                    for named in tree.variableFiles(of: tree.root, in: folder) { wantVariables(named) }
                }
            } else if files[key] == nil, absent[key] == nil {
                waiting.append((path, folder))
                guard asked.insert(key).inserted else { continue }
                if asked.count > Self.fileBound {
                    absent[key] = Self.tooMany
                } else {
                    wanted.append(path)
                }
            }
        }
        pending = waiting.reversed()
        wanted.reverse()
    }
}

/// What an import comes to.
package struct ImportResult: Sendable {
    /// The manifest's text; nil when there are errors.
    package let manifest: [UInt8]?
    package let diagnostics: DiagnosticList
    package let origins: Origins
    /// The Compose files that compiling the manifest writes for development.
    package let outputs: [FilePath]
    /// The name that the manifest gives the workspace; nil where it states none.
    package var workspaceName: String?
}
