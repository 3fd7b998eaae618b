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
        name.utf8.first.map { (0x61...0x7A).contains($0) } ?? false
            && name.utf8.allSatisfy {
                (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D || $0 == 0x5F
            }
            && !["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(name)
    }
    guard !names.isEmpty, isPlain, let entries = tree.value(section, in: tree.root),
        let body = tree.value(entry.symbol, in: entries)
    else { return nil }
    let title = "add \(names.map { "`\($0)`" }.joined(separator: ", ")) to `\(key)`"
    func fix(at span: Span, _ text: String) -> Fix { Fix(title: title, edits: [Fix.Edit(span, text)]) }
    let newline = tree.source.bytes.contains(0x0D) ? "\r\n" : "\n"
    guard let needs = tree.value(key, in: body) else {
        // What comes by an alias or a merge key stands elsewhere, under other entries too.
        guard let next = tree.entries(body).first(where: { tree.text($0.key) == next }),
            tree[body].span.contains(tree[next.key].span)
        else { return nil }
        let place = tree[next.key].span.start
        let list = "\(key): [\(names.joined(separator: ", "))]"
        let isFlow = tree[body].style == .flow
        guard let gap = isFlow ? ", " : indentation(before: place, tree).map({ newline + $0 }) else { return nil }
        return fix(at: Span(place, place), list + gap)
    }
    guard tree[needs].kind == .sequence, tree[body].span.contains(tree[needs].span) else { return nil }
    let list = tree[needs].span
    guard let first = tree.items(needs).first else { return fix(at: list, "[\(names.joined(separator: ", "))]") }
    let place = tree[first].span.start
    guard list.contains(tree[first].span) else { return nil }
    if tree[needs].style == .flow { return fix(at: Span(place, place), names.map { $0 + ", " }.joined()) }
    guard let indent = indentation(before: place, tree, allowingDash: true) else { return nil }
    return fix(at: Span(place, place), names.map { $0 + newline + indent + "- " }.joined())
}

/// The spaces with which a line begins, when nothing but them (and the dash of a list) stands before an offset.
private func indentation(before offset: UInt32, _ tree: Tree, allowingDash: Bool = false) -> String? {
    let bytes = tree.source.bytes
    var start = Int(offset)
    while start > 0, bytes[start - 1] != 0x0A, bytes[start - 1] != 0x0D { start -= 1 }
    let before = bytes[start..<Int(offset)]
    let spaces = before.prefix { $0 == 0x20 }
    let rest = before.dropFirst(spaces.count)
    let isDash = allowingDash && rest.first == UInt8(ascii: "-") && rest.dropFirst().allSatisfy { $0 == 0x20 }
    return rest.isEmpty && !allowingDash || isDash ? String(repeating: " ", count: spaces.count) : nil
}

extension Span {
    fileprivate func contains(_ other: Span) -> Bool { start <= other.start && other.end <= end }
}
