import SourceText
import YAMLSyntax

/// Writing values with the comments and blank lines that stand around them in their files.
extension ManifestWriter {
    /// What stands around the key or item, and in which file.
    func around(_ node: NodeID) -> (notes: SourceNotes.Notes, file: String) {
        let location = files.location(tree[node].span)
        let path = location.file.path
        return (notes[path]?[location.span.start] ?? SourceNotes.Notes(), path)
    }

    // MARK: Entries

    /// Writes entries in their order; a blank line that stood before one stands before it again.
    mutating func write(_ entries: [Entry], indent: Int, isFirst: Bool = true) {
        for (index, entry) in entries.enumerated() {
            write(entry, indent: indent, isFirst: isFirst && index == 0)
        }
    }

    /// Writes a key and its value.
    ///
    /// - Parameter isHead: whether it begins an item of a list, around which everything has been written.
    mutating func write(_ entry: Entry, indent: Int, isFirst: Bool, isHead: Bool = false) {
        let (around, file) = around(entry.key)
        if !isHead {
            if around.hasBlankAbove, !isFirst { writer.blankLine() }
            write(around.above, of: file, indent: indent)
        }
        note(entry.key, entry.value)
        let start = writer.bytes.count
        if let name = shared.name(of: entry.value, in: tree), tree[entry.value].tag == .none {
            writer.key(tree.text(entry.key), indent: indent)
            writer.raw(" *\(name)\n")
            writeTrailing(around, of: file, since: start, indent: indent)
        } else if needsLines(entry.value) {
            writer.openEntry(entry.key, entry.value, of: tree, indent: indent)
            writeTrailing(around, of: file, since: start, indent: indent)
            writeChildren(of: entry.value, indent: indent + 2)
        } else {
            if !writeFolded(entry, indent: indent) {
                writer.writeEntry(entry.key, entry.value, of: tree, indent: indent)
            }
            writeTrailing(around, of: file, since: start, indent: indent)
        }
        if !isHead { write(around.below, of: file, indent: indent) }
    }

    mutating func writeMerge(of names: [String], indent: Int) {
        if names.isEmpty { return }
        let aliases = names.map { "*" + $0 }
        let text = names.count == 1 ? aliases[0] : "[" + aliases.joined(separator: ", ") + "]"
        writer.raw(blanks(indent) + "<<: \(text)\n")
    }

    mutating func writeChildren(of value: NodeID, indent: Int) {
        let (merged, own) = shared.parts(of: Array(tree.entries(value)), at: .mapping(value))
        writeMerge(of: merged, indent: indent)
        var isFirst = merged.isEmpty
        for entry in own {
            write(entry, indent: indent, isFirst: isFirst)
            isFirst = false
        }
        for item in tree.items(value) {
            let (around, file) = around(item)
            if around.hasBlankAbove, !isFirst { writer.blankLine() }
            isFirst = false
            write(around.above, of: file, indent: indent)
            let start = writer.bytes.count
            if tree[item].kind == .mapping, needsLines(item) || around.trailing != nil, tree[item].count > 0 {
                for (index, entry) in tree.entries(item).enumerated() {
                    write(entry, indent: indent + 2, isFirst: index == 0, isHead: index == 0)
                }
                writer.makeItem(since: start, indent: indent)
            } else {
                writer.writeItem(item, of: tree, indent: indent)
                writeTrailing(around, of: file, since: start, indent: indent)
            }
            write(around.below, of: file, indent: indent)
        }
    }

    /// Whether a comment, or a text that keeps its lines, stands in a collection, so that it must go to lines of its own.
    func needsLines(_ value: NodeID) -> Bool {
        guard tree[value].kind != .scalar, tree[value].count > 0 else { return false }
        var pending = [value]
        // What is larger than a person writes has no place for comments in one line anyway.
        var budget = 100_000
        while let node = pending.popLast(), budget > 0 {
            budget -= 1
            if shared.isMerged(node) { return true }
            for (key, value) in tree.entries(node) {
                if shared.name(of: value, in: tree) != nil { return true }
                if hasComments(key) || tree[value].style == .folded { return true }
                if tree[value].kind != .scalar { pending.append(value) }
            }
            for item in tree.items(node) {
                if hasComments(item) { return true }
                if tree[item].kind != .scalar { pending.append(item) }
            }
        }
        return false
    }

    func hasComments(_ node: NodeID) -> Bool {
        let (around, file) = around(node)
        guard around.hasComments else { return false }
        let known = kept[file] ?? []
        return (around.above + around.below).contains { line in
            if case .comment(let comment) = line { !known.contains(comment.span.start) } else { false }
        } || around.trailing.map { !known.contains($0.span.start) } ?? false
    }

    // MARK: Comments

    /// Writes comments, each once: what stands over a shared key stands over it in every service's file.
    mutating func write(_ lines: [SourceNotes.Line], of file: String, indent: Int) {
        var (hasWritten, hasBlank) = (false, false)
        for line in lines {
            switch line {
            case .blank: hasBlank = hasWritten
            case .comment(let comment):
                guard keep(comment, of: file) else { continue }
                if hasBlank { writer.blankLine() }
                (hasWritten, hasBlank) = (true, false)
                writer.commentLine(comment.text, indent: indent)
            }
        }
        if hasBlank { writer.blankLine() }
    }

    mutating func writeTrailing(_ notes: SourceNotes.Notes, of file: String, since start: Int, indent: Int) {
        guard let comment = notes.trailing, keep(comment, of: file) else { return }
        writer.trailingComment(comment.text, since: start)
    }

    /// Writes what stands around a key that is not written here.
    mutating func writeAround(absent key: NodeID, indent: Int) {
        let (around, file) = around(key)
        write(around.above, of: file, indent: indent)
        if let comment = around.trailing { write([.comment(comment)], of: file, indent: indent) }
        write(around.below, of: file, indent: indent)
    }

    /// Writes comments that have no place of their own any more; what has been said stays unsaid.
    mutating func writeRest(_ comments: [Comment], of file: String, indent: Int) {
        for comment in comments where kept[file]?.contains(comment.span.start) != true {
            if said.contains(comment.text) {
                kept[file, default: []].insert(comment.span.start)
            } else {
                write([.comment(comment)], of: file, indent: indent)
            }
        }
    }

    /// Takes note that a comment is written; false where it was before.
    private mutating func keep(_ comment: Comment, of file: String) -> Bool {
        said.insert(comment.text)
        return kept[file, default: []].insert(comment.span.start).inserted
    }

    // MARK: Texts of several lines

    /// Writes a text as its author folded it; false where that is not how it stands in its file.
    private mutating func writeFolded(_ entry: Entry, indent: Int) -> Bool {
        guard tree[entry.value].kind == .scalar, tree[entry.value].style == .folded, tree[entry.value].tag == .none
        else { return false }
        let location = files.location(tree[entry.value].span)
        let lines = location.file.text(location.span).split(separator: "\n", omittingEmptySubsequences: false)
        guard let header = lines.first, header == ">" || header == ">-" else { return false }
        var texts = lines.dropFirst()
        while texts.last?.allSatisfy({ $0 == " " }) == true { texts.removeLast() }
        let depth = texts.first { !$0.allSatisfy { $0 == " " } }?.prefix { $0 == " " }.count ?? 0
        guard depth > 0, !texts.isEmpty, !texts.contains(where: { $0.contains("\r") || $0.contains("\t") }) else {
            return false
        }
        writer.key(tree.text(entry.key), indent: indent)
        writer.raw(" \(header)\n")
        for text in texts {
            let rest = text.dropFirst(depth)
            writer.raw(rest.isEmpty ? "\n" : blanks(indent + 2) + rest + "\n")
        }
        return true
    }
}
