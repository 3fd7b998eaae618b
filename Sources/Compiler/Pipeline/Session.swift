import Diagnostics
import Emission
import Planning
import Resolution
import Rules
import SourceText
import Workspace
import YAMLSyntax

/// Which manifest a run is about, and how far it may reach.
package struct SessionOptions: Sendable {
    /// The manifest's path; nil looks for one, `-` is standard input.
    package var manifest: String?
    /// What messages call standard input, and where its paths start.
    package var standardInputName: String?
    /// The root that the user states; nil is the top of the checkout that holds the manifest, or else its folder.
    package var root: String?
    /// A folder that the root is to hold, too.
    package var held: String?
    package var limits = Limits()
    /// Whether the rules look into the project folders.
    package var probesBuilds = true
    /// Whether a plan waits for the rules of the practice; without errors nobody sees what they find.
    package var judgesPractice = true

    package init() {}

    /// Returns the manifest's path: the stated one, or else the nearest; nil where there is none.
    func manifestPath() throws(SystemFailure) -> String? {
        if let manifest { return manifest }
        return try Discovery.nearestManifest()
    }
}

/// A manifest that was read, with its place below the root.
package struct Session {
    package let source: SourceFile
    package let layout: Layout
    /// The root's path.
    package let root: String
    /// How messages write a path from there.
    let shown: ShownPaths
    /// The path of the manifest's folder, and the name that was stated, which may be that of a link.
    private let folder: String
    private let statedName: String

    /// Puts other bytes in the place of the manifest, whole or not at all, with the mode it has.
    ///
    /// Fails when the manifest is no regular file of the folder, such as standard input or a link, and when someone has
    /// changed it since it was read.
    func replaceManifest(with bytes: [UInt8]) throws(SystemFailure) {
        let folder = try RootFolder(self.folder)
        try folder.waitForTurn(in: []) {}
        switch try folder.state(of: [statedName]) {
        case .file(let old, let identity) where isSame(old, source.bytes):
            try folder.replace(
                Replacement(
                    path: [statedName], bytes: bytes, old: identity, mode: identity.mode,
                    isExecutable: false))
        case .file: throw SystemFailure("\(source.path) was changed meanwhile; nothing was fixed")
        case .other(let what): throw SystemFailure("\(source.path) is \(what); fix the file itself")
        case .missing, .unreachable: throw SystemFailure("\(source.path) is gone; nothing was fixed")
        }
    }

    /// Reads the manifest that the options name.
    package init(_ options: SessionOptions) throws(SystemFailure) {
        try Discovery.expectReadable(options.manifest, "the manifest")
        try Discovery.expectReadable(options.standardInputName, "the manifest")
        try Discovery.expectReadable(options.root, "the root")
        let path: String
        let bytes: [UInt8]?
        if options.manifest == "-" {
            path = options.standardInputName ?? "<stdin>"
            bytes = try readStandardInput(limit: options.limits.fileBytes)
        } else if let found = try options.manifestPath() {
            path = found
            bytes = try readManifest(found, below: options.root, limit: options.limits.fileBytes)
        } else if let (file, manifest) = GeneratedFile.named(in: ".") {
            throw SystemFailure(
                "there is no strategy.yaml here or in a folder above, but \(file) is written from \(manifest): run this in "
                    + "the folder of that manifest, or name it")
        } else {
            let other = Discovery.othersManifest().map {
                ": \($0) is another program's, since it has neither `version`, `images` nor `projects`"
            }
            throw SystemFailure(
                "there is no strategy.yaml here or in a folder above\(other ?? ""); `bayplan init` writes one to begin with, and "
                    + "`bayplan import` one from Compose files")
        }
        guard let bytes else {
            throw SystemFailure(
                "\(path) holds more than \(options.limits.fileBytes) bytes; `--limit-bytes` raises the limit")
        }
        expectMuchMemory(forManifestOf: bytes.count)
        source = SourceFile(path: path, bytes: bytes)
        let isNameless = options.manifest == "-" && options.standardInputName == nil
        let (folder, name) = WorkspacePath.folderAndName(of: isNameless ? ManifestFile.usualName : path)
        self.folder = folder
        statedName = name
        guard let canonicalFolder = Discovery.canonical(folder) else {
            throw SystemFailure("there is no folder \(folder)")
        }
        if WorkspacePath(absolute: canonicalFolder).parts.contains(where: { WorkspacePath.isGitFolder($0) }) {
            throw SystemFailure("cannot use \(path): it lies in git's own folder")
        }
        root = try Discovery.root(options.root, of: canonicalFolder, holding: options.held)
        guard let components = Discovery.components(from: root, to: canonicalFolder) else {
            throw SystemFailure("the manifest \(path) does not lie below the root \(options.root ?? root)")
        }
        shown = ShownPaths(home: WorkspacePath(components), folder: folder)
        layout = Layout(folder: components, manifestName: Self.ownName(of: path, in: canonicalFolder) ?? name)
    }

    /// The name of the file behind a link in its own folder, so that no header depends on which of the two was named.
    private static func ownName(of path: String, in folder: String) -> String? {
        guard let real = Discovery.canonical(path), Discovery.isFile(real) else { return nil }
        let (place, name) = WorkspacePath.folderAndName(of: real)
        return place == folder ? name : nil
    }

    /// The root, opened.
    func rootFolder() throws(SystemFailure) -> RootFolder { try RootFolder(root, shown: shown) }

    /// The plan of the manifest; nil with errors, which are then told.
    ///
    /// Nobody looks into the project folders: what is printed or compared is the manifest's alone.
    func plan(_ options: SessionOptions, reportingTo console: Console) throws(SystemFailure) -> Plan? {
        let (plan, diagnostics) = plan(of: source, options)
        if plan == nil { try console.report(diagnostics.sorted(), ReportOptions(), isResult: false) }
        return plan
    }

    /// The plan of the manifest with all that is found about it, the builds included; nil with errors, which are then
    /// told.
    ///
    /// Errors of the builds alone, such as a base that is not declared, leave the plan without them.
    func planWithFindings(
        _ options: SessionOptions, reportingTo console: Console
    ) throws(SystemFailure) -> (plan: Plan, findings: [Diagnostic])? {
        var pipeline = PipelineOptions(layout: layout)
        pipeline.limits = options.limits
        let (plan, diagnostics) = Compiler.plan(source, pipeline, looking: probe(options))
        if let plan { return (plan, diagnostics.sorted()) }
        return try self.plan(options, reportingTo: console).map { ($0, diagnostics.sorted()) }
    }

    /// The manifest of a command that works from its plan, told as progress; nil with errors, which are then told.
    ///
    /// - Throws: when there is no manifest.
    static func planned(
        _ options: SessionOptions, _ console: Console
    ) throws(SystemFailure) -> (session: Session, plan: Plan)? {
        console.progress?(.began)
        console.progress?(.doing("checking the manifest"))
        let session = try Session(options)
        return try session.plan(options, reportingTo: console).map { (session, $0) }
    }

    /// The plan of another text in the place of the manifest.
    ///
    /// Where there are errors, everything is told that `validate` would: the practice knows which bytes are secrets.
    func plan(of source: SourceFile, _ options: SessionOptions) -> (plan: Plan?, diagnostics: DiagnosticList) {
        var pipeline = PipelineOptions(layout: layout)
        pipeline.limits = options.limits
        pipeline.check.judgesPractice = options.judgesPractice
        let (plan, diagnostics) = Compiler.plan(source, pipeline)
        if plan != nil || options.judgesPractice { return (plan, diagnostics) }
        pipeline.check.judgesPractice = true
        return Compiler.plan(source, pipeline)
    }

    /// What answers the questions of the builds, or nil when nobody is to look.
    func probe(_ options: SessionOptions) -> BuildProbing? {
        guard options.probesBuilds,
            let folders = ProjectFolders(below: root, layout: layout, manifest: source.path)
        else { return nil }
        return { folders.read($0, $1) }
    }
}
