import Diagnostics
import SourceText
import Testing

@testable import YAMLSyntax

/// A file with this text, as it is.
func file(_ text: String) -> SourceFile { SourceFile(path: "test.yaml", bytes: Array(text.utf8)) }

/// The tree of a text that has no fault.
func parse(_ text: String, sourceLocation: Testing.SourceLocation = #_sourceLocation) throws -> Tree {
    try parse(Array(text.utf8), sourceLocation: sourceLocation)
}

func parse(_ bytes: [UInt8], sourceLocation: Testing.SourceLocation = #_sourceLocation) throws -> Tree {
    let (tree, diagnostics) = Tree.read(SourceFile(path: "test.yaml", bytes: bytes))
    #expect(diagnostics.map(\.message) == [], sourceLocation: sourceLocation)
    return try #require(tree, sourceLocation: sourceLocation)
}

/// The codes of what is wrong with a text, in the order of finding.
func faults(_ text: String, limits: Limits = Limits()) -> [Code] {
    Tree.read(file(text), limits: limits).diagnostics.map(\.code)
}

extension Tree {
    /// The node at a path of keys and indices.
    func node(_ path: String...) throws -> NodeID {
        var id = root
        for step in path {
            if let index = Int(step), self[id].kind == .sequence {
                id = try #require(items(id).dropFirst(index).first)
            } else {
                id = try #require(value(step, in: id))
            }
        }
        return id
    }

    /// The source text that a node's span covers.
    func covered(_ id: NodeID) -> String { source.text(self[id].span) }

    /// What a node means, in a form that can be compared: type and text of scalars, order of entries.
    func meaning(_ id: NodeID) -> String {
        switch self[id].kind {
        case .scalar: scalarType(id) == .null ? "null" : "\(scalarType(id)):\(bytes(id).map(Int.init))"
        case .sequence: "[" + items(id).map { meaning($0) }.joined(separator: ", ") + "]"
        case .mapping:
            "{" + entries(id).map { "\(bytes($0.key).map(Int.init)): \(meaning($0.value))" }.joined(separator: ", ")
                + "}"
        }
    }
}

/// What the writer makes of a text's tree.
func rewritten(_ text: String) throws -> String {
    let tree = try parse(text)
    var writer = YAMLWriter()
    writer.write(tree.root, of: tree, indent: 0)
    return String(decoding: writer.bytes, as: UTF8.self)
}
