import ComposeSpec
import Foundation
import SourceText
import TestSupport
import Testing
import YAMLSyntax

/// The projects that are imported, together, use every key of Compose.
struct KeyCoverageTests {
    /// Keys that no input uses, with the reason.
    private static let exceptions: [String: String] = [
        "external.name": "obsolete: Compose warns of it, and `name` beside `external` says the same"
    ]

    @Test("Every key of Compose's table stands in some input")
    func everyKey() throws {
        var used: Set<String> = []
        for fixture in ImportFixture.all {
            let paths = try FileManager.default.subpathsOfDirectory(atPath: fixture.input.path)
            for path in paths.sorted() where path.hasSuffix(".yaml") || path.hasSuffix(".yml") {
                let bytes = try Array(Data(contentsOf: fixture.input.appending(path: path)))
                let (tree, _) = Tree.read(SourceFile(path: path, bytes: bytes))
                if let tree { visit(tree.root, .object(ComposeTable.file), tree, &used) }
            }
        }
        let all = ComposeTable.objects.flatMap { object in object.keys.map { "\(object.name).\($0.name)" } }
        let missing = Set(all).subtracting(used).subtracting(Self.exceptions.keys)
        #expect(missing.isEmpty, "\(missing.sorted())")
        #expect(all.count > 300)
        for exception in Self.exceptions.keys { #expect(!used.contains(exception), "\(exception) is used after all") }
    }

    private func visit(_ node: NodeID, _ shape: Shape, _ tree: Tree, _ used: inout Set<String>) {
        switch shape {
        case .object(let object):
            guard tree[node].kind == .mapping else { return }
            for (key, value) in tree.entries(node) {
                guard let known = object.keys.first(where: { $0.name == tree.text(key) }) else { continue }
                used.insert("\(object.name).\(known.name)")
                visit(value, known.shape, tree, &used)
            }
        case .mapping(let value, _), .declarations(let value):
            for entry in tree.entries(node) { visit(entry.value, value, tree, &used) }
        case .sequence(let item, _):
            for element in tree.items(node) { visit(element, item, tree, &used) }
        case .anyOf(let shapes):
            for shape in shapes { visit(node, shape, tree, &used) }
        default: break
        }
    }
}
