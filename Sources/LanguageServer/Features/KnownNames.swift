import StrategyManifest
import YAMLSyntax

/// The names that a manifest declares, as completion offers them: those that the lines show, and those of the last text
/// that could be read.
struct KnownNames {
    private let document: Document
    private let manifest: Manifest?

    init(_ document: Document, _ manifest: Manifest?) {
        self.document = document
        self.manifest = manifest
    }

    var images: [String] { keys(below: ["images"]) }
    var projects: [String] { keys(below: ["projects"]) }
    /// - Parameter environment: what it adds counts, too.
    func services(of project: String, in environment: String? = nil) -> [String] {
        keys("services", of: project, in: environment)
    }
    func resources(_ section: String, of project: String, in environment: String? = nil) -> [String] {
        keys(section, of: project, in: environment)
    }

    private func keys(_ section: String, of project: String, in environment: String?) -> [String] {
        let declared = keys(below: ["projects", project, section])
        guard let environment else { return declared }
        let added = keys(below: ["environments", environment, "projects", project, section])
        return Set(declared).union(added).sorted()
    }

    /// The keys of the mapping at a path, sorted.
    private func keys(below path: [String]) -> [String] {
        var names = Set(keysInLines(below: path))
        if let tree = manifest?.tree {
            var node: NodeID? = tree.root
            for key in path { node = node.flatMap { tree.value(key, in: $0) } }
            if let node { names.formUnion(tree.entries(node).map { tree.text($0.key) }) }
        }
        return names.filter { !$0.hasPrefix("x-") && $0 != "<<" }.sorted()
    }

    /// The same from the lines alone, for block style; linear in the text.
    private func keysInLines(below path: [String]) -> [String] {
        var names: [String] = []
        // The columns of the keys of `path` that were met, and of the keys that are looked for.
        var columns: [Int] = []
        var childColumn: Int?
        for number in document.lines.starts.indices {
            let line = YAMLLine(
                document.bytes, start: Int(document.lines.starts[number]), end: document.lineEnd(number))
            if line.isBlank { continue }
            guard let (column, step) = line.elements.first, case .key(let key) = step else { continue }
            while let last = columns.last, column <= last {
                columns.removeLast()
                childColumn = nil
            }
            if columns.count == path.count {
                if childColumn == nil { childColumn = column }
                if column == childColumn { names.append(key) }
            } else if key == path[columns.count], !columns.isEmpty || column == 0 {
                columns.append(column)
                childColumn = nil
            }
        }
        return names
    }
}
