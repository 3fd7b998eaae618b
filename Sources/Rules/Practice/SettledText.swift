import ComposeSpec
import YAMLSyntax

extension Tree {
    /// A scalar's text while no variable is set: `${DIR:-/etc}` is `/etc`; nil where a variable has no default.
    func settledText(_ node: NodeID) -> String? {
        let text = text(node)
        guard text.utf8.contains(UInt8(ascii: "$")) else { return text }
        return VariableText(text)?.settled
    }

    /// Whether a scalar is a word, as it is written or while no variable is set.
    func says(_ word: StaticString, _ node: NodeID) -> Bool {
        let isWritten = withBytes(node) { bytes in
            bytes.elementsEqual(UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
        }
        if isWritten { return true }
        guard withBytes(node, { $0.first == UInt8(ascii: "$") }) else { return false }
        return settledText(node) == word.description
    }
}

/// Names in one line, the first few of many: ``"`a`, `b`, `c` and 4 more"``.
func fewOf(_ names: [String]) -> String {
    let names = names.map { "`\($0)`" }
    if names.count > 4 { return names.prefix(3).joined(separator: ", ") + " and \(names.count - 3) more" }
    guard let last = names.last, names.count > 1 else { return names.joined() }
    return names.dropLast().joined(separator: ", ") + " and " + last
}
