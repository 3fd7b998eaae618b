import ComposeSpec
import Diagnostics
import SourceText
import YAMLSyntax

/// A Compose file as it was read: its own trees, and what is wrong with it.
struct ParsedFile: Sendable {
    let path: FilePath
    let source: SourceFile
    /// One for each document; none when nothing of the file can be used.
    let trees: [Tree]
    /// Whether nothing but comments stands in it, which Compose takes of every file but a project's first.
    let isEmpty: Bool
    let diagnostics: [Diagnostic]

    /// Reads one file and compares it with Compose's own table of keys.
    ///
    /// - Parameter isPartial: whether it only overrides another file, so that required keys may be missing.
    init(_ path: FilePath, _ source: SourceFile, isPartial: Bool, limits: Limits) {
        self.path = path
        self.source = source
        var documents: [Tree] = []
        var found: [Diagnostic] = []
        var isReadable = true
        for part in FileDocuments.read(source, limits: limits) {
            found += part.diagnostics
            isReadable = isReadable && !part.diagnostics.contains { $0.severity == .error }
            guard let read = part.tree else { continue }
            var check = StructureCheck()
            check.check(
                read.root, is: .object(ComposeTable.file), named: "the Compose file", isKey: false, codes: .compose,
                partial: isPartial || !documents.isEmpty, over: isPartial || !documents.isEmpty, in: read)
            // Compose takes an `include` of which every line is a comment, although its schema does not.
            let include = read.value("include", in: read.root).flatMap { read.isNull($0) ? read[$0].span : nil }
            // `version` is told as what it is here: something that the manifest does not carry.
            found += check.diagnostics.items.filter {
                $0.code != .obsoleteKey && (include == nil || $0.primary.location.span != include)
            }
            if read[read.root].kind == .mapping { documents.append(read) }
        }
        isEmpty = documents.isEmpty && found.isEmpty
        if isEmpty, !isPartial {
            found.append(
                Diagnostic(
                    .missingKey, "this Compose file is empty",
                    at: .init(Location(source, .beginning), "nothing stands here"),
                    help: ["name another file, or add `services:`"]))
        }
        diagnostics =
            found.contains { $0.severity == .error } && !Self.isNamedAsCompose(path)
            ? [Self.unshown(source, code: found[0].code)] : found
        // What else is wrong can still be looked for; no manifest is made of it.
        trees = isReadable ? documents : []
    }
}

extension ParsedFile {
    /// Whether a file may be shown that a stranger's Compose file names: `extends` and `include` can name `.env` as well.
    static func isNamedAsCompose(_ path: FilePath) -> Bool {
        let name = path.last ?? ""
        return WorkspacePath.isYAML(name) || name.lowercased().contains("compose")
    }

    /// That a file is no Compose file, without a byte of it.
    private static func unshown(_ source: SourceFile, code: Code) -> Diagnostic {
        Diagnostic(
            code, "this is not a Compose file",
            at: .init(Location(SourceFile(path: source.path, bytes: []), .beginning), ""),
            why: "nothing of it is shown: neither does its name end in `.yaml` or `.yml`, nor does it say `compose`",
            help: ["name a Compose file where this one is named"])
    }
}

/// All files of an import as one tree over their texts, and the way back from a place of it to a file.
struct ComposeFiles: Sendable {
    private(set) var tree: Tree
    /// By path as text: the roots of the file's documents, each of which overrides those before it; none of a file that
    /// is nothing but comments.
    private(set) var roots: [String: [NodeID]] = [:]
    private(set) var parts: [(start: UInt32, file: ParsedFile)] = []

    /// - Parameter files: together below 4 GiB.
    init(_ files: [ParsedFile]) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(files.reduce(0) { $0 + $1.source.bytes.count + 1 })
        for file in files {
            parts.append((UInt32(bytes.count), file))
            bytes += file.source.bytes
            bytes.append(0x0A)
        }
        tree = Tree(overParts: SourceFile(path: "", bytes: bytes))
        for (start, file) in parts {
            guard file.isEmpty || !file.trees.isEmpty else { continue }
            roots[Paths.text(file.path)] = file.trees.map { tree.graft($0, at: start) }
        }
    }

    /// By the names of the files: their comments and blank lines.
    var notes: [String: SourceNotes] {
        Dictionary(parts.map { ($0.file.source.path, SourceNotes($0.file)) }, uniquingKeysWith: { first, _ in first })
    }

    /// The tree, to be changed in place by what merges in it.
    mutating func takeTree() -> Tree {
        let taken = tree
        tree = Tree(overParts: SourceFile(path: "", bytes: []))
        return taken
    }

    private func part(of offset: UInt32) -> (start: UInt32, file: ParsedFile)? {
        var low = 0
        var high = parts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if parts[middle].start <= offset { low = middle } else { high = middle }
        }
        return low < parts.count ? parts[low] : nil
    }

    /// The file's own place of a span of the whole.
    func location(_ span: Span) -> Location {
        guard let part = part(of: span.start) else {
            return Location(SourceFile(path: "", bytes: []), .beginning)
        }
        return Location(part.file.source, Span(span.start - part.start, span.end - part.start))
    }

    /// The path of the file that holds a span.
    func path(of span: Span) -> FilePath { part(of: span.start)?.file.path ?? [] }
}
