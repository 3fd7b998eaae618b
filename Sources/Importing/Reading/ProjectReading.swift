import ComposeSpec
import Diagnostics
import SourceText
import YAMLSyntax

/// Puts the projects together from their files: overrides, `include` and `extends` as Compose resolves them.
struct ProjectReading {
    let files: ComposeFiles
    let absent: [String: String]
    /// What files of variables set, by their paths.
    let variables: [String: DotEnv]
    let request: ImportRequest
    /// Whether each file by itself is what a Compose file can be.
    let isSound: Bool
    var tree: Tree
    var merger: ServiceMerger
    var findings: ImportFindings
    var documents: [String: ComposeDocument] = [:]
    var bases: [String: NodeID] = [:]
    /// The services of each `services` that an `extends` has looked into, by their names.
    var declared: [NodeID: [Symbol: Entry]] = [:]
    /// Services that others extend, once for each folder that they are extended from.
    var extendedBases: [String: NodeID] = [:]
    /// The same in their order, with their names.
    var extended: [(name: String, node: NodeID)] = []
    /// What files of variables that only an include reads set.
    var lostVariables: [LostVariables] = []
    /// Where those files are named: a file may be read for several that include it.
    var placesOfLost: Set<Span> = []
    /// What stands under an anchor; found when it is asked for.
    var anchored: Set<NodeID>?

    /// Files and services that stand on one another in a chain at most this long.
    static let chain = 100

    init(
        _ files: ComposeFiles, absent: [String: String], _ variables: [String: DotEnv], _ request: ImportRequest,
        isSound: Bool
    ) {
        self.files = files
        self.absent = absent
        self.variables = variables
        self.request = request
        self.isSound = isSound
        tree = files.tree
        merger = ServiceMerger(for: &tree)
        findings = ImportFindings(files)
    }

    /// Ends the reading: the tree that holds the merged bodies, what was found, and what services extend.
    consuming func finish() -> (Tree, ImportFindings, [(name: String, node: NodeID)]) { (tree, findings, extended) }

    mutating func projects() -> [ComposeProject] {
        var result: [ComposeProject] = []
        for project in request.projects {
            if let read = read(project) { result.append(read) }
        }
        reportLostVariables()
        reportCollisions(result)
        return result
    }

    private mutating func read(_ asked: ImportRequest.Project) -> ComposeProject? {
        var layers: [ComposeDocument] = []
        for path in asked.files {
            guard let document = document(path, in: asked.folder, below: []) else { continue }
            layers.append(document)
        }
        guard layers.count == asked.files.count, let first = asked.files.first,
            let root = files.roots[Paths.text(first)]?.first
        else { return nil }
        let whole = merged(layers)
        if asked.files.count > 1 || (files.roots[Paths.text(first)]?.count ?? 0) > 1 { check(whole) }
        let (name, span) = projectName(whole, asked, tree[root].span)
        var project = ComposeProject(
            folder: asked.folder, name: name, nameSpan: span, services: services(of: whole),
            sections: sections(of: whole), fileName: first.last ?? "",
            source: files.location(tree[root].span).file)
        project.hasSeveralFiles = asked.files.count > 1
        project.files = asked.files.compactMap { files.roots[Paths.text($0)]?.first }
            .map { files.location(tree[$0].span).file.path }
        let base = merged(Array(layers.prefix(asked.environmentBase)))
        for environment in asked.environments {
            guard let root = files.roots[Paths.text(environment.file)]?.first,
                let document = document(environment.file, in: asked.folder, below: [])
            else { continue }
            if !environment.isComplete, let span = standsAlone(document, over: base) {
                reportStandingAlone(environment, at: span)
            }
            let isWhole = environment.isComplete || tree.isGenerated(root, files)
            let there = isWhole ? document : merged([base, document])
            check(there)
            var overrides: [String: NodeID]?
            if !isWhole, asked.environmentBase == asked.files.count {
                overrides = [:]
                for (key, body) in document.services { overrides?[tree.text(key)] = body }
            }
            project.environments.append(
                ComposeEnvironment(
                    name: environment.name, isComplete: environment.isComplete, services: services(of: there),
                    overrides: overrides,
                    sections: sections(of: there),
                    keys: Dictionary(
                        document.services.map { (tree.text($0.key), $0.key) }, uniquingKeysWith: { $1 }),
                    span: Span(tree[root].span.start, tree[root].span.start)))
        }
        return project
    }

    /// Where a file repeats the image that the project's own gives a service, if each of its services can run by itself:
    /// a file that is merged over another one has no reason to.
    private func standsAlone(_ document: ComposeDocument, over base: ComposeDocument) -> Span? {
        func image(_ body: NodeID) -> NodeID? { tree.value("image", in: body) }
        let below = Dictionary(base.services.map { (tree.text($0.key), $0.body) }, uniquingKeysWith: { $1 })
        var repeated: Span?
        for (key, body) in document.services {
            guard tree[body].tag == .none, image(body) != nil || tree.value("build", in: body) != nil else {
                return nil
            }
            if tree.entries(body).contains(where: { tree[$0.value].tag != .none }) { return nil }
            guard repeated == nil, let own = image(body), let under = below[tree.text(key)].flatMap(image) else {
                continue
            }
            if tree.isSame(own, under) { repeated = tree[own].span }
        }
        return repeated
    }

    private mutating func reportStandingAlone(_ environment: ImportRequest.Environment, at span: Span) {
        let name = environment.file.last ?? ""
        findings.report(
            .changedByImport, "`\(name)` also stands alone, and is read as merged over the project's file", at: span,
            "it repeats what that one says, and every service of it can run by itself",
            why: "what is merged has the ports, mounts and variables of development, too",
            help: ["if it is run by itself, `bayplan import --complete \(environment.name)` takes it as it is"],
            severity: .warning)
    }

    /// What only the files together show: a value that is empty in all of them, a key that none of them states.
    private mutating func check(_ document: ComposeDocument) {
        // What a file by itself has wrong has been told.
        guard isSound else { return }
        let top = Span(0, 0)
        func whole(_ name: String, _ entries: [Entry]) -> Entry {
            (tree.addKey(name, at: top), tree.addMapping(entries, at: top))
        }
        var entries = [whole("services", document.services.map { ($0.key, $0.body) })]
        for section in document.sections { entries.append(whole(tree.text(section.key), section.entries)) }
        let root = tree.addMapping(entries, at: top)
        var structure = StructureCheck()
        structure.check(
            root, is: .object(ComposeTable.file), named: "the Compose file", isKey: false, codes: .compose, in: tree)
        for finding in structure.diagnostics.items where finding.severity == .error {
            findings.report(
                finding.code, finding.message, at: finding.primary.location.span, finding.primary.text,
                why: finding.why, help: finding.help)
        }
    }

    private func services(of document: ComposeDocument) -> [ComposeService] {
        document.services.filter { tree[$0.body].kind == .mapping }
            .map { ComposeService(name: tree.text($0.key), key: $0.key, body: $0.body) }
    }

    private mutating func sections(of document: ComposeDocument) -> [(key: NodeID, value: NodeID)] {
        var result: [(key: NodeID, value: NodeID)] = []
        for (key, entries) in document.sections where !entries.isEmpty {
            result.append((key, tree.addMapping(entries, at: tree[key].span)))
        }
        return result + document.extensions
    }

    // MARK: Names

    /// The name that Compose gives the project: what `.env` states, its `name`, or its folder's.
    private mutating func projectName(
        _ document: ComposeDocument, _ asked: ImportRequest.Project, _ fallback: Span
    ) -> (String, Span) {
        let span = document.name.map { tree[$0].span } ?? Span(fallback.start, fallback.start)
        let written =
            asked.statedName ?? document.name.map { tree.text($0) } ?? asked.usualName ?? asked.folder.last
            ?? request.rootName
        let (literal, variables) = Literal.resolved(written)
        let name = Self.normalized(literal)
        if !variables.isEmpty {
            findings.report(
                .variableResolved, "the project's name depends on a variable", at: span,
                "`\(name)` is what it is without one", why: "names in a manifest are literal",
                help: ["correct the name in the manifest if the variable says something else"])
        }
        return (name.isEmpty ? "project" : name, span)
    }

    /// What Compose makes of a folder's name (compose-go, `NormalizeProjectName`).
    private static func normalized(_ text: String) -> String {
        let kept = text.lowercased().utf8.filter {
            ($0 >= 0x61 && $0 <= 0x7A) || ($0 >= 0x30 && $0 <= 0x39) || $0 == UInt8(ascii: "_")
                || $0 == UInt8(ascii: "-")
        }
        return String(decoding: kept.drop { $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") }, as: UTF8.self)
    }

    private mutating func reportCollisions(_ projects: [ComposeProject]) {
        var byName: [String: Span] = [:]
        var byFolder: [FilePath: Span] = [:]
        for project in projects {
            if project.name.hasPrefix("x-") {
                findings.report(
                    .projectsCollide, "the project is called `\(project.name)`", at: project.nameSpan,
                    "a manifest reads no name that begins with `x-`", help: ["give it another `name:`"])
            }
            if let other = byName[project.name] {
                findings.report(
                    .projectsCollide, "two projects are called `\(project.name)`", at: project.nameSpan,
                    "this project is `\(project.name)`", also: [(other, "and so is this one")],
                    why: "a project's name tells its containers, networks and volumes from another's",
                    help: ["give one of them another `name:`", "or import them one at a time"])
            } else {
                byName[project.name] = project.nameSpan
            }
            if let other = byFolder[project.folder] {
                findings.report(
                    .projectsCollide, "two projects lie in one folder", at: project.nameSpan, "this project",
                    also: [(other, "and this one")],
                    why: "a manifest gives each project a folder, in which its Compose file lies",
                    help: ["join the files with `:` if they are one project: `a.yml:b.yml`"])
            } else {
                byFolder[project.folder] = project.nameSpan
            }
        }
    }
}

extension Tree {
    /// Whether a file is one that Bayplan wrote, and so a whole project even where it is named for an environment.
    fileprivate func isGenerated(_ root: NodeID, _ files: ComposeFiles) -> Bool {
        let location = files.location(self[root].span)
        return location.file.bytes.starts(with: "# Code generated by bayplan".utf8)
    }
}
