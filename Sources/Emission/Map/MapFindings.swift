import Diagnostics
import SourceText
import StrategyManifest
import YAMLSyntax

/// What was found about the things of a map, each finding at the thing in whose entry of the manifest it lies.
struct MapFindings {
    /// One finding as the page tells it.
    struct Finding {
        let code: String
        let severity: Severity
        let message: String
        /// `strategy.yaml:12`.
        let place: String
    }

    /// How many findings a mark stands for, and how much the gravest of them weighs.
    struct Mark {
        private(set) var count = 0
        private(set) var severity = Severity.info

        mutating func add(_ finding: Finding) {
            count += 1
            severity = max(severity, finding.severity)
        }

        mutating func add(_ other: Mark) {
            count += other.count
            severity = max(severity, other.severity)
        }
    }

    private(set) var images: [Int: [Finding]] = [:]
    private(set) var projects: [Int: [Finding]] = [:]
    private(set) var containers: [Int: [Finding]] = [:]
    /// What belongs to nothing of the map.
    private(set) var others: [Finding] = []
    /// How many there are.
    private(set) var count = 0

    init() {}

    /// - Parameters:
    ///   - diagnostics: in the order in which they are told.
    ///   - manifestName: what the manifest is called, however it was named to this run.
    init(_ diagnostics: [Diagnostic], _ map: WorkspaceMap, _ manifest: Manifest, named manifestName: String) {
        guard !diagnostics.isEmpty else { return }
        let entries = MapEntryPlaces(map, manifest)
        let tree = manifest.tree
        let table = LineTable(tree.source)
        for diagnostic in diagnostics {
            // What lies in a Dockerfile is about the image whose entry it names beside.
            let labels = ([diagnostic.primary] + diagnostic.secondary).map(\.location)
            let location = diagnostic.primary.location
            let isInManifest = location.file.path == tree.source.path
            let place =
                isInManifest
                ? "\(manifestName):\(table.lineIndex(of: location.span.start) + 1)" : location.file.path
            let finding = Finding(
                code: diagnostic.code.label, severity: diagnostic.severity, message: diagnostic.message, place: place)
            count += 1
            let inManifest = labels.first { $0.file.path == tree.source.path }
            switch inManifest.flatMap({ entries.thing(at: $0.span.start) }) {
            case .image(let index)?: images[index, default: []].append(finding)
            case .project(let index)?: projects[index, default: []].append(finding)
            case .container(let index)?: containers[index, default: []].append(finding)
            case nil: others.append(finding)
            }
        }
    }

    /// Of what was found about one thing.
    static func mark(_ findings: [Finding]?) -> Mark? {
        guard let findings else { return nil }
        var mark = Mark()
        for finding in findings { mark.add(finding) }
        return mark
    }

    /// The mark of several things together; nil where nothing was found about any.
    private static func sum(_ marks: [Mark?]) -> Mark? {
        var sum = Mark()
        for case let mark? in marks { sum.add(mark) }
        return sum.count > 0 ? sum : nil
    }

    /// Of several images together.
    func mark(ofImages indices: [Int]) -> Mark? {
        if count == 0 { return nil }
        return Self.sum(indices.map { Self.mark(images[$0]) })
    }

    /// Of a project and all that it runs.
    func mark(ofProject index: Int, _ map: WorkspaceMap) -> Mark? {
        if count == 0 { return nil }
        return Self.sum([Self.mark(projects[index])] + map.projects[index].containers.map { Self.mark(containers[$0]) })
    }
}
