import ComposeSpec
import Diagnostics
import SourceText
import YAMLSyntax

/// A Compose file as it was read: its own tree, and what is wrong with it.
struct ParsedFile: Sendable {
    let path: FilePath
    let source: SourceFile
    /// Nil when nothing of it can be used.
    let tree: Tree?
    let diagnostics: [Diagnostic]

    /// Reads one file and compares it with Compose's own table of keys.
    ///
    /// - Parameter isPartial: whether it only overrides another file, so that required keys may be missing.
    init(_ path: FilePath, _ source: SourceFile, isPartial: Bool, limits: Limits) {
        self.path = path
        self.source = source
        var (tree, found) = Tree.read(source, limits: limits)
        guard tree != nil else {
            if found.isEmpty {
                found.append(
                    Diagnostic(
                        .missingKey, "this Compose file is empty",
                        at: .init(Location(source, .beginning), "nothing stands here"),
                        help: ["name another file, or add `services:`"]))
            }
            self.tree = nil
            diagnostics = found
            return
        }
        let isReadable = !found.contains { $0.severity == .error }
        if let read = tree {
            var check = StructureCheck()
            check.check(
                read.root, is: .object(ComposeTable.file), named: "the Compose file", codes: .compose,
                partial: isPartial, in: read)
            // `version` is told as what it is here: something that the manifest does not carry.
            found += check.diagnostics.items.filter { $0.code != .obsoleteKey }
            tree = read[read.root].kind == .mapping ? read : nil
        }
        diagnostics = found
        // What else is wrong can still be looked for; no manifest is made of it.
        self.tree = isReadable ? tree : nil
    }
}

/// All files of an import as one tree over their texts, and the way back from a place of it to a file.
struct ComposeFiles: Sendable {
    private(set) var tree: Tree
    /// By path as text: the root of the file's document.
    private(set) var roots: [String: NodeID] = [:]
    private var parts: [(start: UInt32, file: ParsedFile)] = []

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
            if let other = file.tree { roots[Paths.text(file.path)] = tree.graft(other, at: start) }
        }
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
