import YAMLSyntax

extension Tree {
    /// Everything that a reader of a tree can see, with places, a line each; iterative, as trees can be deep.
    package var outline: [String] {
        var lines = Set(scalarSpans.map { "\($0.start)-\($0.end)" }).sorted()
        var open = [root]
        while let id = open.popLast() {
            let node = self[id]
            let symbol = node.symbol == .none ? "-" : text(node.symbol)
            let place = "\(node.span.start)-\(node.span.end)"
            lines.append("\(node.kind) \(node.style) \(node.tag) \(place) \(Array(bytes(id))) \(symbol)")
            open += items(id)
            for entry in entries(id) { open += [entry.key, entry.value] }
        }
        return lines
    }
}
