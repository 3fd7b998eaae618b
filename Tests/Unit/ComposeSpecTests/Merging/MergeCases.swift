import Foundation
import SourceText
import TestSupport
import YAMLSyntax

/// One merge to compare: the layers of a service as the text of flow mappings, weakest first.
struct MergeCase: Sendable {
    let name: String
    let key: String
    let layers: [String]
    /// The first minor version of Docker Compose 2 that reads the key.
    let since: Int

    /// Every ordered pair of each key's values, the pairs with `!reset` and `!override`, and chains of three and four.
    static let all: [MergeCase] = {
        var cases: [MergeCase] = []
        guard let tree = try? fixture("variants.yaml") else { return [] }
        for entry in tree.entries(tree.root) {
            let name = tree.text(entry.key)
            let key = String(name.prefix { $0 != ":" })
            let isVersioned = tree[entry.value].kind == .mapping
            let list = isVersioned ? tree.value("values", in: entry.value) : entry.value
            let since = isVersioned ? tree.value("since", in: entry.value).map { tree.text($0) } : nil
            let minor = since.flatMap { Int($0.dropFirst(2)) } ?? 0
            let values = list.map { Array(tree.items($0)).map { text(of: $0, in: tree) } } ?? []
            func add(_ label: String, _ layers: [String]) {
                let name = "s-\(name).\(label)".slug
                let bodies = layers.map { layer in
                    layer.isEmpty ? "" : body(key, layer).replacingOccurrences(of: "CASE", with: name)
                }
                cases.append(MergeCase(name: name, key: key, layers: bodies, since: minor))
            }
            for (i, weak) in values.enumerated() {
                for (j, strong) in values.enumerated() { add("\(i)-\(j)", [weak, strong]) }
                add("\(i)-reset", [weak, "!reset null"])
                add("\(i)-null", [weak, "null"])
                let next = values[(i + 1) % values.count]
                if !next.contains("!") {
                    add("\(i)-override", [weak, "!override \(next)"])
                }
                add("\(i)-chain", [weak, next, values[(i + 2) % values.count]])
                add("\(i)-four", [weak, "", next, weak])
                add("\(i)-again", [weak, "!reset null", next])
            }
        }
        return cases
    }()

    static func fixture(_ name: String) throws -> Tree? {
        let folder = Golden.repository.appending(path: "Tests/Fixtures/merge")
        let bytes = [UInt8](try Data(contentsOf: folder.appendingPathComponent(name)))
        return Tree.read(SourceFile(path: name, bytes: bytes)).tree
    }

    /// The text that stands in the file.
    private static func text(of id: NodeID, in tree: Tree) -> String {
        tree.isNull(id) ? "null" : tree.source.text(tree[id].span)
    }

    private static func body(_ key: String, _ value: String) -> String {
        key.split(separator: ".").reversed().reduce(value) { "{\($1): \($0)}" }
    }
}

extension String {
    /// Letters, digits and hyphens only: the name of a service.
    fileprivate var slug: String { String(map { $0.isLetter || $0.isNumber || $0 == "_" ? $0 : "-" }) }
}
