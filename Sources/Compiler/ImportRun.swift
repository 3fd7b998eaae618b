import Diagnostics
import Emission
import Importing
import SourceText
import Workspace
import YAMLSyntax

/// `bayplan import`: Compose files to a manifest.
package struct ImportRun {
    /// Folders, files, or files joined by `:` that make one project.
    package var inputs: [String]
    /// Where the manifest goes; nil prints it.
    package var output: String?
    /// The folder outside which nothing is read; nil is the one that holds all the inputs and the manifest.
    package var root: String?
    package var report = ReportOptions()
    package var limits = Limits()

    package init(inputs: [String]) { self.inputs = inputs }

    package func run(_ console: Console) throws(SystemFailure) -> ExitStatus {
        console.progress?(.began)
        console.progress?(.doing("reading Compose files"))
        try Discovery.expectReadable(output, "the manifest")
        try Discovery.expectReadable(root, "the root")
        let projects = try ComposeDiscovery(inputs).projects
        let (outputFolder, outputName) = WorkspacePath.folderAndName(of: output ?? "strategy.yaml")
        guard let manifestFolder = Discovery.canonical(outputFolder) else {
            throw SystemFailure("there is no folder \(outputFolder)")
        }
        if output != nil { try refuseToOverwrite(outputName, in: manifestFolder) }
        let top = try root(of: projects.map(\.folder) + [manifestFolder])
        let request = try request(for: projects, top: top, manifestFolder: manifestFolder)
        var importing = Import(request)
        let folder = try RootFolder(top)
        let shown = ComposeDiscovery.relative(from: Discovery.canonical(".") ?? "/", to: top)
        var fileCount = 0
        while !importing.wanted.isEmpty {
            for path in importing.wanted {
                fileCount += 1
                console.progress?(.done("reading Compose files", fileCount, of: nil))
                let name = (shown == "." ? "" : shown + "/") + path.joined(separator: "/")
                importing.supply(path, content(path, in: folder, at: top), shownAs: name)
            }
        }
        console.progress?(.doing("factoring out the manifest"))
        let result = importing.result()
        guard let manifest = result.manifest else {
            try console.tell(result.diagnostics.sorted(), report, isResult: false)
            return .findings
        }
        // What Compose takes can still break a rule of the manifest: two containers that publish one port.
        let source = SourceFile(path: output ?? "strategy.yaml", bytes: manifest)
        let layout = Layout(
            folder: Discovery.components(from: top, to: manifestFolder) ?? [], manifestName: outputName)
        let broken = check(source, PipelineOptions(layout: layout)).diagnostics.sorted().filter {
            $0.severity == .error
        }
        var found = result.diagnostics
        found.report(contentsOf: broken.map { result.origins.located($0) })
        let diagnostics = found.sorted()
        try console.tell(diagnostics, report, isResult: false, countsHidden: true)
        if output != nil {
            try RootFolder(manifestFolder).replace(
                Replacement(path: [outputName], bytes: manifest, old: nil, mode: nil, isExecutable: false))
            console.note("wrote \(visible(output ?? outputName)); next: bayplan validate")
        } else {
            console.output(manifest)
        }
        return console.status(of: diagnostics, report)
    }

    private func refuseToOverwrite(_ name: String, in folder: String) throws(SystemFailure) {
        guard case .missing = try RootFolder(folder).state(of: [name]) else {
            throw SystemFailure("\(output ?? name) is there already, and is not overwritten")
        }
    }

    /// The root that the user states, or the deepest folder that holds all of these.
    private func root(of folders: [String]) throws(SystemFailure) -> String {
        if let root {
            guard let canonical = Discovery.canonical(root) else {
                throw SystemFailure("there is no folder \(root), which is to be the root")
            }
            return canonical
        }
        var common = WorkspacePath(absolute: folders.first ?? "/")
        for folder in folders.map({ WorkspacePath(absolute: $0) }) {
            while !folder.starts(with: common) { common = WorkspacePath(Array(common.parts.dropLast())) }
        }
        return "/" + common.parts.joined(separator: "/")
    }

    private func request(
        for found: [ComposeDiscovery.Found], top: String, manifestFolder: String
    ) throws(SystemFailure) -> ImportRequest {
        var projects: [ImportRequest.Project] = []
        for project in found {
            guard let folder = Discovery.components(from: top, to: project.folder) else {
                throw SystemFailure("\(project.folder) does not lie below the root \(top)")
            }
            var files: [FilePath] = []
            for file in project.files {
                guard let path = resolved(file, in: folder) else {
                    throw SystemFailure("\(file) does not lie below the root \(top)")
                }
                files.append(path)
            }
            var asked = ImportRequest.Project(folder: folder, files: files)
            asked.environmentBase = project.base
            asked.environments = project.environments.map { .init(name: $0.name, file: folder + [$0.file]) }
            projects.append(asked)
        }
        var request = ImportRequest(projects: projects)
        guard let folder = Discovery.components(from: top, to: manifestFolder) else {
            throw SystemFailure("the manifest would not lie below the root \(top)")
        }
        request.manifestFolder = folder
        request.rootName = WorkspacePath(absolute: top).parts.last ?? request.rootName
        request.workspaceName = WorkspacePath(absolute: manifestFolder).parts.last.flatMap { name in
            name.utf8.count <= 128 && name.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F } ? name : nil
        }
        request.limits = limits
        return request
    }

    private func resolved(_ text: String, in folder: FilePath) -> FilePath? {
        WorkspacePath(folder).appending(text)?.parts
    }

    /// What Compose would read at a path, links included, as far as they stay inside the root.
    private func content(_ path: FilePath, in folder: RootFolder, at top: String) -> FileContent {
        let limit = limits.fileBytes
        switch folder.look(at: path, limit: limit) {
        case .missing: return .missing
        case .file(let bytes): return .bytes(bytes)
        case .folder: return .refused("a folder")
        case .other(let what):
            let place = (top == "/" ? "" : top) + "/" + path.joined(separator: "/")
            guard let target = Discovery.canonical(place) else { return .refused(what) }
            guard let inside = Discovery.components(from: top, to: target) else {
                return .refused("\(what) that leads outside the root, from which nothing is read")
            }
            // What is no link is told as what it is.
            switch folder.look(at: inside, limit: limit) {
            case .file(let bytes): return .bytes(bytes)
            case .other(let what): return .refused(what)
            case .folder: return .refused("a folder")
            case .missing: return .missing
            }
        }
    }
}
