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
    /// Whether every file that is named for an environment becomes one, whatever of it cannot be carried over.
    package var wantsEnvironments = false
    /// The environments whose files stand alone, each a project by itself.
    package var complete: [String] = []
    package var report = ReportOptions()
    package var limits = Limits()

    package init(inputs: [String]) { self.inputs = inputs }

    package func run(_ console: Console) throws(SystemFailure) -> ExitStatus {
        console.progress?(.began)
        console.progress?(.doing("reading Compose files"))
        try Discovery.expectReadable(output, "the manifest")
        try Discovery.expectReadable(root, "the root")
        var arguments: [ComposeDiscovery.Argument] = []
        var own: [String] = []
        for input in inputs {
            // A shell's `*` names what Bayplan wrote, too.
            if inputs.count > 1, GeneratedFile.isNoComposeFile(input) {
                own.append(input)
            } else {
                arguments.append(try ComposeDiscovery.Argument(input))
            }
        }
        let (outputFolder, outputName) = WorkspacePath.folderAndName(of: output ?? ManifestFile.usualName)
        guard let manifestFolder = Discovery.canonical(outputFolder) else {
            throw SystemFailure("there is no folder \(outputFolder)")
        }
        if output != nil { try refuseToOverwrite(outputName, in: manifestFolder) }
        let top = try root(of: arguments.map(\.folder) + [manifestFolder])
        let files = try LinkedFiles(below: top, limit: limits.fileBytes)
        let discovery = try ComposeDiscovery(arguments, in: files, wantsEnvironments: wantsEnvironments)
        let found = discovery.projects
        try tellPassedBy(own, discovery, console)
        let named = Set(found.flatMap(\.environments).map(\.name))
        if let unknown = complete.first(where: { !named.contains($0) }) {
            throw SystemFailure("`--complete` names \(unknown), and no file is named for that environment")
        }
        let request = try request(for: found, top: top, manifestFolder: manifestFolder)
        let layout = Layout(
            folder: Discovery.components(from: top, to: manifestFolder) ?? [], manifestName: outputName)
        var fitting = EnvironmentFitting(
            request, files: files, layout: layout, manifest: output ?? ManifestFile.usualName, console: console)
        let imported = fitting.imported(optional: found.map { !$0.wantsEnvironments })
        guard let manifest = imported.manifest else {
            try console.report(imported.diagnostics.sorted(), report, isResult: false)
            return .findings
        }
        let diagnostics = imported.diagnostics.sorted()
        try console.report(diagnostics, report, isResult: false, countsHidden: true)
        if output != nil {
            try RootFolder(manifestFolder).replace(
                Replacement(path: [outputName], bytes: manifest, old: nil, mode: nil, isExecutable: false))
            // Images carry the name once they are built: now it costs nothing to choose another.
            let name = fitting.workspaceName.map { ", in which `name:` calls the workspace `\(visible($0))`" }
            console.note("wrote \(visible(output ?? outputName))\(name ?? ""); next: bayplan validate")
            if request.schema == nil {
                console.note(
                    "for editors: bayplan schema > \(Self.schema), and on top "
                        + "`# yaml-language-server: $schema=\(Self.schema)`")
            }
        } else if console.isTerminal {
            // Comments and values are the Compose files' own; a file or a pipe gets them as they are.
            console.result(VisibleText(lines: String(decoding: manifest, as: UTF8.self)))
        } else {
            console.output(manifest)
        }
        return console.status(of: diagnostics, report)
    }

    /// Says which of several words name nothing that can be imported.
    private func tellPassedBy(
        _ own: [String], _ discovery: ComposeDiscovery, _ console: Console
    ) throws(SystemFailure) {
        if !own.isEmpty { console.note("passed by, since bayplan wrote or reads it: \(visible(fewOf(own)))") }
        let empty = discovery.withoutFile
        if !empty.isEmpty { console.note("passed by, since no Compose file lies in it: \(visible(fewOf(empty)))") }
        if discovery.projects.isEmpty {
            throw SystemFailure(
                "none of these is a Compose file or a folder that holds one: \(ComposeDiscovery.names.joined(separator: ", "))"
            )
        }
    }

    /// What the documentation calls the schema beside a manifest.
    private static let schema = "strategy.schema.json"

    private func refuseToOverwrite(_ name: String, in folder: String) throws(SystemFailure) {
        guard case .missing = try RootFolder(folder).state(of: [name]) else {
            throw SystemFailure(
                "\(output ?? name) is there already, and is not overwritten; `--output` names another file")
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
        return folders.dropFirst().reduce(folders.first ?? "/", Discovery.common)
    }

    private func request(
        for found: [ComposeDiscovery.Found], top: String, manifestFolder: String
    ) throws(SystemFailure) -> ImportRequest {
        var projects: [ImportRequest.Project] = []
        for project in found {
            guard let folder = Discovery.components(from: top, to: project.folder) else {
                throw SystemFailure("\(project.folder) does not lie below the root \(top); `--root` widens it")
            }
            var files: [FilePath] = []
            for file in project.files {
                guard let path = resolved(file, in: folder) else {
                    throw SystemFailure("\(file) does not lie below the root \(top); `--root` widens it")
                }
                files.append(path)
            }
            var asked = ImportRequest.Project(folder: folder, files: files)
            asked.environmentBase = project.base
            asked.environments = project.environments.map { environment in
                var asked = ImportRequest.Environment(name: environment.name, file: folder + [environment.file])
                asked.isComplete = complete.contains(environment.name)
                return asked
            }
            asked.usualName = project.usualName
            asked.statedName = project.statedName
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
        switch try RootFolder(manifestFolder).state(of: [Self.schema]) {
        case .missing: break
        default: request.schema = Self.schema
        }
        request.limits = limits
        return request
    }

    private func resolved(_ text: String, in folder: FilePath) -> FilePath? {
        WorkspacePath(folder).appending(text)?.parts
    }
}
