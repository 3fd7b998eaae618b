import SourceText
import YAMLSyntax

/// The entry of a `.pre-commit-config.yaml` that runs `bayplan compile --check` before each commit.
struct HookEntry {
    static let fileName = ".pre-commit-config.yaml"

    enum Edit: Equatable {
        /// The file's new content, in which everything that was there is as it was.
        case content([UInt8])
        /// There is such an entry already.
        case present
        /// The file is written in a way that cannot be added to without changing it: why.
        case impossible(String)
    }

    /// The entry with its dash at a column.
    static func text(indent: Int = 2) -> String {
        let lines = [
            "- repo: local", "  hooks:", "    - id: bayplan", "      name: Compose files match the manifest",
            "      entry: bayplan compile --check", "      language: system", "      pass_filenames: false",
        ]
        return lines.map { String(repeating: " ", count: indent) + $0 + "\n" }.joined()
    }

    /// Adds the entry to a file.
    ///
    /// - Parameter old: what is there; nil when nothing is.
    static func added(to old: [UInt8]?) -> Edit {
        guard let old, old.contains(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }) else {
            return .content(Array("repos:\n\(text())".utf8))
        }
        let newline = old.split(separator: 0x0A, maxSplits: 1)[0].last == 0x0D ? "\r\n" : "\n"
        let (tree, faults) = Tree.read(SourceFile(path: fileName, bytes: old), limits: Limits())
        // Comments alone are a file without a value.
        guard let tree, tree[tree.root].kind == .mapping else {
            guard tree == nil, faults.isEmpty else { return .impossible("it is no mapping that can be read") }
            return checked(old + lineEnd(of: old, newline) + Self.bytes("repos:\n" + text(), newline), hooks: 1)
        }
        if hookIDs(tree).contains(where: { $0 == "bayplan" || $0.hasPrefix("bayplan-") }) { return .present }
        guard let repositories = tree.value("repos", in: tree.root), !tree.isNull(repositories) else {
            guard tree.value("repos", in: tree.root) == nil else { return .impossible("its `repos` is empty") }
            return checked(old + lineEnd(of: old, newline) + Self.bytes("repos:\n" + text(), newline), hooks: 1)
        }
        guard tree[repositories].kind == .sequence, tree[repositories].style == .block,
            let first = tree.items(repositories).first, let last = tree.items(repositories).last
        else { return .impossible("its `repos` is no list with a line for each entry") }
        let start = Int(tree[first].span.start)
        let line = old[..<start].lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        let indent = old[line..<start].prefix { $0 == 0x20 }.count
        guard old[(line + indent)...].first == UInt8(ascii: "-") else {
            return .impossible("the first entry of its `repos` does not stand behind its dash")
        }
        var end = lastByte(of: last, in: tree)
        if end > 0, old[end - 1] != 0x0A { end = old[end...].firstIndex(of: 0x0A).map { $0 + 1 } ?? old.count }
        let before = Array(old[..<end])
        let added = before + lineEnd(of: before, newline) + Self.bytes(text(indent: indent), newline)
        return checked(added + old[end...], hooks: hookIDs(tree).count + 1)
    }

    /// What a file is only changed to if it then says what it said, and the new hook as the last of its list.
    private static func checked(_ new: [UInt8], hooks count: Int) -> Edit {
        let (tree, faults) = Tree.read(SourceFile(path: fileName, bytes: new), limits: Limits())
        guard let tree, faults.isEmpty, hookIDs(tree).count == count, hookIDs(tree).last == "bayplan" else {
            return .impossible("an entry does not fit into it")
        }
        return .content(new)
    }

    private static func hookIDs(_ tree: Tree) -> [String] {
        guard let repositories = tree.value("repos", in: tree.root) else { return [] }
        return tree.items(repositories).flatMap { repository in
            tree.value("hooks", in: repository).map { hooks in
                tree.items(hooks).compactMap { hook in tree.value("id", in: hook).map { tree.text($0) } }
            } ?? []
        }
    }

    /// Where the last scalar or flow collection of a value ends.
    private static func lastByte(of node: NodeID, in tree: Tree) -> Int {
        var node = node
        while tree[node].style == .block {
            guard let next = tree.items(node).last ?? tree.entries(node).last?.value else { break }
            node = next
        }
        return Int(tree[node].span.end)
    }

    private static func lineEnd(of bytes: [UInt8], _ newline: String) -> [UInt8] {
        bytes.isEmpty || bytes.last == 0x0A ? [] : Array(newline.utf8)
    }

    private static func bytes(_ text: String, _ newline: String) -> [UInt8] {
        newline == "\n" ? Array(text.utf8) : text.utf8.flatMap { $0 == 0x0A ? [0x0D, 0x0A] : [$0] }
    }
}
