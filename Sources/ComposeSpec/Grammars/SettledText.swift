import YAMLSyntax

extension Tree {
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
