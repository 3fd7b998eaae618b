import ComposeSpec
import Diagnostics
import SourceText
import YAMLSyntax

/// Compose projects → the draft of a manifest: what is one thing is said once.
struct Factoring {
    let projects: [ComposeProject]
    let files: ComposeFiles
    let request: ImportRequest
    var tree: Tree
    var findings: ImportFindings
    var images = ImageTable()
    var result = ManifestDraft()
    /// The repositories that Dockerfiles of the import name as bases, as people write them.
    var bases: Set<String> = []
    /// By the file's name its comments, which only environments ask for.
    lazy var notes = files.notes

    init(_ projects: [ComposeProject], _ tree: Tree, _ files: ComposeFiles, _ request: ImportRequest) {
        self.projects = projects
        self.tree = tree
        self.files = files
        self.request = request
        findings = ImportFindings(files)
    }

    /// Keys of a service that Bayplan decides, and the manifest says elsewhere.
    static let decided: Set = ["image", "build", "container_name", "extends"]

    /// The names of a project's own files and of those in which its parts stand, each once.
    private func names(of nodes: [NodeID], in project: ComposeProject) -> [String] {
        var names = Distinct<String>()
        names.add(project.source.path)
        for name in project.files { names.add(name) }
        for node in nodes { names.add(files.location(tree[node].span).file.path) }
        return names.values
    }

    /// The folder's own name that a build reads; nil for what is no folder below the root.
    func folderName(of build: NodeID, in folder: FilePath) -> String? {
        let context = ComposeBuild(build, of: tree).context.value
        return context.kind == .folder ? Paths.resolve(context.text, in: folder)?.last : nil
    }

    mutating func draft() -> ManifestDraft {
        result.name = result.name ?? request.workspaceName
        for project in projects {
            result.projects.append(
                DraftProject(
                    name: project.name, path: Paths.relative(from: request.manifestFolder, to: project.folder),
                    services: [], sections: project.sections, source: project.source,
                    files: names(of: project.services.map(\.key) + project.sections.map(\.key), in: project)))
        }
        decideContainerNames()
        let placed = placeImages()
        for (index, project) in projects.enumerated() {
            for (place, service) in project.services.enumerated() {
                if service.name.hasPrefix("x-") { reportReservedName(service) }
                guard let image = placed[index][place] else { continue }
                result.projects[index].services.append(
                    DraftService(
                        name: service.name, key: service.key, image: image, entries: carried(service.body),
                        decided: tree.entries(service.body).filter { Self.decided.contains(tree.text($0.key)) }))
            }
        }
        let known = Set(images.items.indices)
        nameImages()
        removeDependenciesOnAbsent()
        applyContainerNames()
        draftEnvironments(developmentImages: known)
        shareProfiles()
        shareDefaults()
        departAdded()
        shareBetweenContainers()
        widenPatterns()
        result.composeName = composeName()
        return result
    }

    mutating func reportReservedName(_ service: ComposeService) {
        findings.notCarried(
            "the service `\(service.name)`", at: tree[service.key].span,
            "a manifest reads no name that begins with `x-`", help: ["rename the service"])
    }

    /// What a service's body carries over: all but what is decided.
    func carried(_ body: NodeID) -> [Entry] {
        tree.entries(body).filter { !Self.decided.contains(tree.text($0.key)) }
    }

    static let usualComposeName = "docker-compose.yml"

    /// The names that Compose looks for, in its order.
    private static let composeNames = ["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"]

    /// The one name of all the Compose files, where it is not the default; files of other names are told of.
    ///
    /// Of several the one that Compose looks for first, so that none of the old files is read instead of the new one.
    private mutating func composeName() -> String? {
        let names = Set(projects.map(\.fileName))
        let chosen = Self.composeNames.first(where: names.contains) ?? (names.count == 1 ? projects[0].fileName : nil)
        let name =
            projects.contains { $0.hasSeveralFiles && $0.fileName == chosen }
                && !Self.composeNames.contains(chosen ?? "")
            ? Self.composeNames[0] : chosen ?? Self.usualComposeName
        for project in projects where project.fileName != name {
            let old = project.fileName
            findings.report(
                .changedByImport, "this project's file will be called `\(name)`", at: project.nameSpan,
                "it is called `\(old)` now", why: "the Compose files of one manifest have one name",
                help: ["remove `\(old)` once `\(name)` is written beside it"])
        }
        return name == Self.usualComposeName ? nil : name
    }

    /// Patterns for names that the default ones refuse: nothing is renamed.
    private mutating func widenPatterns() {
        func fits(_ name: String) -> Bool { ImageName.generic(name) == name }
        if !result.projects.allSatisfy({ fits($0.name) }) { result.naming.project = "[a-z0-9][a-z0-9_-]*" }
        let added = result.environments.flatMap(\.projects).flatMap(\.services).map(\.name)
        if !result.projects.allSatisfy({ $0.services.allSatisfy { fits($0.name) } }) || !added.allSatisfy(fits) {
            result.naming.service = "[a-zA-Z0-9._-]+"
        }
        if !result.images.allSatisfy({ fits($0.name) }) { result.naming.image = "[a-z0-9._-]+" }
    }
}
