import YAMLSyntax

/// Writes a tree in flow style with every text quoted: the plainest YAML that keeps each scalar what it is.
func flowText(_ id: NodeID, in tree: Tree) -> String {
    let node = tree[id]
    switch node.kind {
    case .scalar:
        let text = tree.text(id)
        guard tree.scalarType(id) == .string else { return text.isEmpty ? "null" : text }
        return quoted(text)
    case .sequence:
        return "[" + tree.items(id).map { flowText($0, in: tree) }.joined(separator: ", ") + "]"
    case .mapping:
        return "{"
            + tree.entries(id).map { quoted(tree.text($0.key)) + ": " + flowText($0.value, in: tree) }
            .joined(separator: ", ") + "}"
    }
}

private func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\"": result += "\\\""
        case "\\": result += "\\\\"
        case "\n": result += "\\n"
        case "\t": result += "\\t"
        default: result.unicodeScalars.append(scalar)
        }
    }
    return result + "\""
}
