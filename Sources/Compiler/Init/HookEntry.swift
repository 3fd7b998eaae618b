import Diagnostics
import SourceText
import YAMLSyntax

/// The entry of a `.pre-commit-config.yaml` that runs `bayplan compile --check` before each commit.
struct HookEntry {
    static let fileName = ".pre-commit-config.yaml"

    /// What is run in the folder of the file.
    private let command: String
    /// The manifest from there; nil for one that Bayplan finds there by itself.
    private let manifest: String?

    /// - Parameters:
    ///   - manifest: its path from the folder of the file.
    ///   - root: the root that is to be stated, from there; nil for none.
    init(manifest: String, root: String?) {
        self.manifest = ManifestFile.names.contains(manifest) ? nil : manifest
        var words = ["bayplan", "compile", "--check"]
        if let root { words += ["--root", root] }
        if let stated = self.manifest { words += stated.hasPrefix("-") ? ["--", stated] : [stated] }
        command = words.map(quotedForShell).joined(separator: " ")
    }

    enum Edit: Equatable {
        /// The file's new content, in which everything that was there is as it was.
        case content([UInt8])
        /// There is such an entry already.
        case present
        /// The file is written in a way that cannot be added to without changing it: why.
        case impossible(String)
    }

    /// The entry with its dash at a column.
    func text(indent: Int = 2) -> String {
        let lines = [
            "- repo: local", "  hooks:", "    - id: bayplan", "      name: Compose files match the manifest",
            "      entry: \(scalar)", "      language: system", "      pass_filenames: false",
            // An artifact that is deleted is no file of a commit.
            "      always_run: true",
        ]
        return lines.map { blanks(indent) + $0 + "\n" }.joined()
    }

    /// The command as a value of YAML.
    private var scalar: String {
        let isPlain = command.utf8.allSatisfy { byte in
            (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x5A) || (byte >= 0x61 && byte <= 0x7A)
                || "_./ -".utf8.contains(byte)
        }
        return isPlain ? command : "'" + command.replacing("'", with: "''") + "'"
    }

    /// Adds the entry to a file.
    ///
    /// - Parameter old: what is there; nil when nothing is.
    func added(to old: [UInt8]?) -> Edit {
        guard let old, old.contains(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }) else {
            return .content(Array("repos:\n\(text())".utf8))
        }
        let newline = old.split(separator: 0x0A, maxSplits: 1)[0].last == 0x0D ? "\r\n" : "\n"
        let (tree, faults) = Tree.read(SourceFile(path: Self.fileName, bytes: old), limits: Limits())
        // Comments alone are a file without a value.
        guard let tree, tree[tree.root].kind == .mapping else {
            guard tree == nil, faults.isEmpty else { return .impossible("it is no mapping that can be read") }
            return Self.checked(
                old + Self.lineEnd(of: old, newline) + Self.bytes("repos:\n" + text(), newline), hooks: 1)
        }
        if Self.hooks(tree).contains(where: { isThis($0, tree) }) { return .present }
        guard let repositories = tree.value("repos", in: tree.root), !tree.isNull(repositories) else {
            guard tree.value("repos", in: tree.root) == nil else { return .impossible("its `repos` is empty") }
            return Self.checked(
                old + Self.lineEnd(of: old, newline) + Self.bytes("repos:\n" + text(), newline), hooks: 1)
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
        var end = Self.lastByte(of: last, in: tree)
        if end > 0, old[end - 1] != 0x0A { end = old[end...].firstIndex(of: 0x0A).map { $0 + 1 } ?? old.count }
        let before = Array(old[..<end])
        let added = before + Self.lineEnd(of: before, newline) + Self.bytes(text(indent: indent), newline)
        return Self.checked(added + old[end...], hooks: Self.hooks(tree).count + 1)
    }

    /// What a file is only changed to if it then says what it said, and the new hook as the last of its list.
    private static func checked(_ new: [UInt8], hooks count: Int) -> Edit {
        let (tree, faults) = Tree.read(SourceFile(path: Self.fileName, bytes: new), limits: Limits())
        guard let tree, faults.isEmpty, hooks(tree).count == count,
            hooks(tree).last.flatMap({ text("id", of: $0, tree) }) == "bayplan"
        else {
            return .impossible("an entry does not fit into it")
        }
        return .content(new)
    }

    /// Whether a hook of the file checks the same manifest, by this entry or one of Bayplan's own hooks.
    private func isThis(_ hook: NodeID, _ tree: Tree) -> Bool {
        guard let id = Self.text("id", of: hook, tree), id == "bayplan" || id.hasPrefix("bayplan-"),
            !id.hasPrefix("bayplan-validate")
        else { return false }
        let entry = Self.text("entry", of: hook, tree) ?? ""
        if entry == command { return true }
        let words = entry.split(separator: " " as Character).map(String.init)
        let arguments = tree.value("args", in: hook).map { tree.items($0).map { tree.text($0) } } ?? []
        guard let manifest else { return !(words + arguments).contains { $0.contains(".yaml") || $0.contains(".yml") } }
        return (words + arguments).contains(manifest)
    }

    private static func hooks(_ tree: Tree) -> [NodeID] {
        guard let repositories = tree.value("repos", in: tree.root) else { return [] }
        return tree.items(repositories).flatMap { repository in
            tree.value("hooks", in: repository).map { tree.items($0).filter { text("id", of: $0, tree) != nil } } ?? []
        }
    }

    private static func text(_ key: String, of hook: NodeID, _ tree: Tree) -> String? {
        tree.value(key, in: hook).map { tree.text($0) }
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
