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
    /// What `env_file` names; nil without it.
    let environmentFile: [FileReference]?
    let span: Span

    /// The files of variables that Compose reads for this include alone, for a project in a folder.
    func variableFiles(in project: FilePath) -> [FileReference] {
        if let environmentFile { return environmentFile }
        guard let folder, folder != project else { return [] }
        let text = Paths.relative(from: project, to: folder) + "/.env"
        return [FileReference(text: text, span: span, path: folder + [".env"])]
    }
}

extension Tree {
    /// What `include` of a document names, for a project whose paths start from a folder.
    func includes(of root: NodeID, in folder: FilePath) -> [IncludeEntry] {
        guard let list = value("include", in: root), self[list].tag != .reset else { return [] }
        return items(list).map { item in
            let path = self[item].kind == .mapping ? value("path", in: item) : item
            let nodes = path.map { self[$0].kind == .sequence ? Array(items($0)) : [$0] } ?? []
            let files = nodes.map { reference($0, in: folder) }
            let directory = value("project_directory", in: item)
            let environment = value("env_file", in: item).map { file in
                (self[file].kind == .sequence ? Array(items(file)) : [file]).map { reference($0, in: folder) }
            }
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
        guard let extends = value("extends", in: service), !isNull(extends), self[extends].tag != .reset else {
            return nil
        }
        guard self[extends].kind == .mapping else { return (extends, nil) }
        guard let name = value("service", in: extends) else { return nil }
        return (name, value("file", in: extends).map { reference($0, in: folder) })
    }

    private func reference(_ node: NodeID, in folder: FilePath) -> FileReference {
        let text = text(node)
        let path = text.contains("://") ? nil : Paths.resolve(text, in: folder)
        return FileReference(text: text, span: self[node].span, path: path.flatMap { $0.isEmpty ? nil : $0 })
    }

    /// The files of variables that the includes of a document bring, and the project's own to compare them with.
    func variableFiles(of root: NodeID, in folder: FilePath) -> [FilePath] {
        let found = includes(of: root, in: folder).flatMap { $0.variableFiles(in: folder).compactMap(\.path) }
        return found.isEmpty ? [] : found + [folder + [".env"]]
    }

    /// The names that the scalars below a node interpolate.
    func addVariables(under root: NodeID, to names: inout Set<String>) {
        var pending = [root]
        var budget = 100_000
        while let node = pending.popLast(), budget > 0 {
            budget -= 1
            switch self[node].kind {
            case .scalar:
                if withBytes(node, { $0.contains(UInt8(ascii: "$")) }) {
                    names.formUnion(Literal.resolved(text(node)).variables)
                }
            case .sequence: pending += items(node)
            case .mapping: pending += entries(node).map(\.value)
            }
        }
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
