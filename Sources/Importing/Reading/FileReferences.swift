import SourceText
import YAMLSyntax

/// A file that a Compose file names: by `include`, or by a service's `extends`.
struct FileReference: Sendable {
    let text: String
    let span: Span
    /// Below the root; nil when it leaves the root, is absolute or holds a variable.
    let path: FilePath?
}

/// One entry of `include`: files that are merged, and the folder that their paths start from.
struct IncludeEntry: Sendable {
    let files: [FileReference]
    /// Nil when it leaves the root.
    let folder: FilePath?
    /// Where that folder is stated.
    let statedFolder: Span?
    /// The place of `env_file`, which only Compose itself can follow.
    let environmentFile: Span?
    let span: Span
}

extension Tree {
    /// What `include` of a document names, for a project whose paths start from a folder.
    func includes(of root: NodeID, in folder: FilePath) -> [IncludeEntry] {
        guard let list = value("include", in: root) else { return [] }
        return items(list).map { item in
            let path = self[item].kind == .mapping ? value("path", in: item) : item
            let nodes = path.map { self[$0].kind == .sequence ? Array(items($0)) : [$0] } ?? []
            let files = nodes.map { reference($0, in: folder) }
            let directory = value("project_directory", in: item)
            let environment = value("env_file", in: item).map { self[$0].span }
            let first: FilePath? = files.first?.path.map { Array($0.dropLast()) }
            // A stated folder that leaves the root is no reason to take another.
            let start = directory.map { Paths.resolve(text($0), in: folder) } ?? first
            return IncludeEntry(
                files: files, folder: start, statedFolder: directory.map { self[$0].span },
                environmentFile: environment,
                span: self[item].span)
        }
    }

    /// The service and, if it is another one's, the file that `extends` names.
    func base(of service: NodeID, in folder: FilePath) -> (name: NodeID, file: FileReference?)? {
        guard let extends = value("extends", in: service) else { return nil }
        guard self[extends].kind == .mapping else { return (extends, nil) }
        guard let name = value("service", in: extends) else { return nil }
        return (name, value("file", in: extends).map { reference($0, in: folder) })
    }

    private func reference(_ node: NodeID, in folder: FilePath) -> FileReference {
        let text = text(node)
        let path = text.contains("://") ? nil : Paths.resolve(text, in: folder)
        return FileReference(text: text, span: self[node].span, path: path.flatMap { $0.isEmpty ? nil : $0 })
    }

    /// Every file that a document names, with the folder that the named file's own paths start from.
    func namedFiles(of root: NodeID, in folder: FilePath) -> [(path: FilePath, folder: FilePath)] {
        var found: [(path: FilePath, folder: FilePath)] = []
        for include in includes(of: root, in: folder) {
            guard let start = include.folder else { continue }
            for file in include.files { if let path = file.path { found.append((path, start)) } }
        }
        guard let services = value("services", in: root) else { return found }
        for (_, service) in entries(services) {
            guard let path = base(of: service, in: folder)?.file?.path else { continue }
            found.append((path, Array(path.dropLast())))
        }
        return found
    }
}
