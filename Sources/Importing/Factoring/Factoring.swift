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
    /// Whether images keep what the containers of a project begin with: without it, several would have one name.
    var keepsPrefixes = false

    init(_ projects: [ComposeProject], _ tree: Tree, _ files: ComposeFiles, _ request: ImportRequest) {
        self.projects = projects
        self.tree = tree
        self.files = files
        self.request = request
        findings = ImportFindings(files)
    }

    /// Keys of a service that Bayplan decides, and the manifest says elsewhere.
    static let decided: Set = ["image", "build", "container_name", "extends"]

    mutating func draft() -> ManifestDraft {
        result.name = request.workspaceName
        for project in projects {
            result.projects.append(
                DraftProject(
                    name: project.name, path: Paths.relative(from: request.manifestFolder, to: project.folder),
                    services: [], sections: project.sections, source: project.source))
        }
        decideContainerNames()
        let placed = placeImages()
        for (index, project) in projects.enumerated() {
            for (place, service) in project.services.enumerated() {
                if service.name.hasPrefix("x-") {
                    findings.notCarried(
                        "the service `\(service.name)`", at: tree[service.key].span,
                        "a manifest reads no name that begins with `x-`", help: ["rename the service"])
                }
                guard let image = placed[index][place] else { continue }
                result.projects[index].services.append(
                    DraftService(
                        name: service.name, key: service.key, image: image, entries: carried(service.body)))
            }
        }
        let known = Set(images.items.indices)
        nameImages()
        removeDependenciesOnAbsent()
        applyContainerNames()
        draftEnvironments(developmentImages: known)
        shareProfiles()
        shareDefaults()
        shareBetweenContainers()
        widenPatterns()
        result.composeName = composeName()
        return result
    }

    /// What a service's body carries over: all but what is decided, and models, which a manifest cannot declare.
    mutating func carried(_ body: NodeID) -> [Entry] {
        var kept: [Entry] = []
        for entry in Array(tree.entries(body)) {
            let key = tree.text(entry.key)
            if Self.decided.contains(key) { continue }
            if key == "models" {
                findings.notCarried(
                    "`models` of a service", at: tree[entry.key].span, "a manifest declares no models",
                    help: ["keep what uses them in a Compose file of its own"])
                continue
            }
            kept.append(entry)
        }
        return kept
    }

    /// The one name of all the Compose files, where it is not the default; files of other names are told of.
    private mutating func composeName() -> String? {
        let usual = "docker-compose.yml"
        var counts: [(name: String, count: Int)] = []
        for project in projects {
            if let index = counts.firstIndex(where: { $0.name == project.fileName }) {
                counts[index].count += 1
            } else {
                counts.append((project.fileName, 1))
            }
        }
        let most = counts.map(\.count).max() ?? 0
        let chosen = counts.first { $0.count == most }?.name ?? usual
        for project in projects where project.fileName != chosen {
            let name = project.fileName
            findings.report(
                .changedByImport, "this project's file will be called `\(chosen)`", at: project.nameSpan,
                "it is called `\(name)` now", why: "the Compose files of one manifest have one name",
                help: ["remove `\(name)` once `\(chosen)` is written beside it"])
        }
        return chosen == usual ? nil : chosen
    }

    /// Patterns for names that the default ones refuse: nothing is renamed.
    private mutating func widenPatterns() {
        func fits(_ name: String) -> Bool { ImageName.generic(name) == name }
        if !result.projects.allSatisfy({ fits($0.name) }) { result.naming.project = "[a-z0-9][a-z0-9_-]*" }
        if !result.projects.allSatisfy({ $0.services.allSatisfy { fits($0.name) } }) {
            result.naming.service = "[a-zA-Z0-9._-]+"
        }
        if !result.images.allSatisfy({ fits($0.name) }) { result.naming.image = "[a-z0-9._-]+" }
    }
}
