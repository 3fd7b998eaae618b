import SourceText
import YAMLSyntax

extension FuzzTarget {
    /// Writes a string in every position; it reads back as itself, and is a string.
    static let scalars = FuzzTarget("scalars") { input throws(BrokenPromise) in
        let text = String(decoding: input, as: UTF8.self)
        var writer = YAMLWriter()
        writer.entry("value", text, indent: 0)
        writer.raw("deep:\n")
        writer.entry("value", text, indent: 2)
        writer.item(text, indent: 0, under: "items")
        writer.raw("flow:")
        writer.flowSequence([text, text], indent: 0)
        writer.raw("keys:\n")
        writer.key(text, indent: 2)
        writer.raw(" here\n")
        writer.comment(text)
        writer.raw("end: \"\"\n")
        let document = String(decoding: writer.bytes, as: UTF8.self)
        let (read, faults) = Tree.read(SourceFile(path: "written.yaml", bytes: writer.bytes))
        guard let tree = read, faults.isEmpty else {
            throw BrokenPromise(description: "\(faults.map(\.message)) in:\n\(document)")
        }
        var strings = [tree.value("value", in: tree.root)]
        strings.append(tree.value("deep", in: tree.root).flatMap { tree.value("value", in: $0) })
        strings += tree.value("items", in: tree.root).map { tree.items($0).map { $0 } } ?? [nil]
        strings += tree.value("flow", in: tree.root).map { tree.items($0).map { $0 } } ?? [nil]
        strings += tree.value("keys", in: tree.root).map { tree.entries($0).map(\.key) } ?? [nil]
        try expect(strings.count == 6, "\(strings.count) strings instead of 6 in:\n\(document)")
        for case let id in strings {
            guard let id else { throw BrokenPromise(description: "a string is missing in:\n\(document)") }
            try expect(tree.bytes(id).elementsEqual(text.utf8), "another string in:\n\(document)")
        }
        for case let id? in strings.dropLast() {
            try expect(tree.scalarType(id) == .string, "a string is read as something else in:\n\(document)")
        }
    }
}

extension YAMLWriter {
    fileprivate mutating func item(_ text: String, indent: Int, under key: String) {
        self.key(key, indent: indent)
        endLine()
        item(text, indent: indent + 2)
    }
}
