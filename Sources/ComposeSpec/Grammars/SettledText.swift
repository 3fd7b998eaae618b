import YAMLSyntax

extension Tree {
    /// A scalar's text while no variable is set: `${DIR:-/etc}` is `/etc`; nil where a variable has no default.
    package func settledText(_ node: NodeID) -> String? {
        let text = text(node)
        guard text.utf8.contains(UInt8(ascii: "$")) else { return text }
        return VariableText(text)?.settled
    }

    /// Whether a scalar is a word, as it is written or while no variable is set.
    package func says(_ word: StaticString, _ node: NodeID) -> Bool {
        let isWritten = withBytes(node) { bytes in
            bytes.elementsEqual(UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
        }
        if isWritten { return true }
        guard withBytes(node, { $0.first == UInt8(ascii: "$") }) else { return false }
        return settledText(node) == word.description
    }
}
