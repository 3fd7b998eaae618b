import Diagnostics
import SourceText
import StrategyManifest
import YAMLSyntax

/// The edit that adds bases to the `needs` of an image; nil where its entry is not written out in its own place.
func needsFix(adding bases: [Int], to image: Int, _ manifest: Manifest) -> Fix? {
    let names = bases.map { manifest.text(manifest.images[$0].name) }
    return listFix(adding: names, to: "needs", before: "build", of: manifest.images[image].name, in: "images", manifest)
}

/// The edit that adds a project to the `after` of another; nil where its entry is not written out in its own place.
func afterFix(adding other: Int, to project: Int, _ manifest: Manifest) -> Fix? {
    let name = manifest.text(manifest.projects[other].name)
    return listFix(
        adding: [name], to: "after", before: "services", of: manifest.projects[project].name, in: "projects", manifest)
}

/// The edit that adds names to a list of an entry.
///
/// - Parameter next: the key before which the list is written if there is none.
private func listFix(
    adding names: [String], to key: String, before next: String, of entry: Name, in section: String,
    _ manifest: Manifest
) -> Fix? {
    let tree = manifest.tree
    let isPlain = names.allSatisfy { name in
        name.utf8.first.map { (0x61...0x7A).contains($0) } ?? false && isPlainKey(name)
            && !["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(name)
    }
    guard !names.isEmpty, isPlain, let entries = tree.value(section, in: tree.root),
        let body = value(of: entry, in: entries, tree)
    else { return nil }
    let title = "add \(names.map { "`\($0)`" }.joined(separator: ", ")) to `\(key)`"
    func fix(at span: Span, _ text: String) -> Fix { Fix(title: title, edits: [Fix.Edit(span, text)]) }
    guard let needs = tree.value(key, in: body) else {
        // What comes by an alias or a merge key stands elsewhere, under other entries too.
        guard let next = tree.entries(body).first(where: { tree.text($0.key) == next }),
            tree[body].span.contains(tree[next.key].span)
        else { return nil }
        let place = tree[next.key].span.start
        let list = "\(key): [\(names.joined(separator: ", "))]"
        let isFlow = tree[body].style == .flow
        guard let gap = isFlow ? ", " : tree.indentation(at: place).map({ tree.newline(before: place) + blanks($0) })
        else { return nil }
        return fix(at: Span(place, place), list + gap)
    }
    guard tree[needs].kind == .sequence, tree[body].span.contains(tree[needs].span) else { return nil }
    let list = tree[needs].span
    guard let first = tree.items(needs).first else { return fix(at: list, "[\(names.joined(separator: ", "))]") }
    let place = tree[first].span.start
    guard list.contains(tree[first].span) else { return nil }
    if tree[needs].style == .flow { return fix(at: Span(place, place), names.map { $0 + ", " }.joined()) }
    guard let indent = tree.indentation(ofItemAt: place) else { return nil }
    let gap = tree.newline(before: tree[needs].span.start) + blanks(indent) + "- "
    return fix(at: Span(place, place), names.map { $0 + gap }.joined())
}

/// The value of an entry that the manifest declares; nil where it cannot be found without a look at thousands of others.
private func value(of name: Name, in entries: NodeID, _ tree: Tree) -> NodeID? {
    // They stand in the order of the text, but for those that a merge key brings.
    let all = tree.entries(entries)
    var (low, high) = (all.startIndex, all.endIndex)
    while low < high {
        let middle = low + (high - low) / 2
        if tree[all[middle].key].span.start < name.span.start { low = middle + 1 } else { high = middle }
    }
    if low < all.endIndex, tree[all[low].key].symbol == name.symbol { return all[low].value }
    return all.count > 1000 ? nil : tree.value(name.symbol, in: entries)
}

/// Whether a name is of small letters, digits, `-` and `_`, which need no quotes as a key.
func isPlainKey(_ name: String) -> Bool {
    name.utf8.allSatisfy {
        (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
    }
}

extension Span {
    fileprivate func contains(_ other: Span) -> Bool { start <= other.start && other.end <= end }
}
