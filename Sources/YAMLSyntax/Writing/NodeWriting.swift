/// Writing values of a tree again, in the one style of the emitted files.
extension YAMLWriter {
    /// Writes a node on lines of its own: the entries of a mapping or the items of a sequence at this indentation.
    ///
    /// A scalar of the author's keeps the type that Compose gives it, whatever other readers make of its text: a
    /// number stays that number's text, a string that some reader would not read as one is quoted.
    package mutating func write(_ id: NodeID, of tree: Tree, indent: Int) {
        let node = tree[id]
        guard node.count > 0, node.kind != .scalar else {
            indentLine(indent)
            switch node.kind {
            case .scalar:
                // At the first column `---` and `...` would end the document, and a byte order mark would vanish.
                let isMarker =
                    indent == 0 && ["---", "...", "\u{FEFF}"].contains { tree.bytes(id).starts(with: $0.utf8) }
                if isMarker {
                    tree.withBytes(id) { _ = appendScalar($0, .doubleQuoted, indent: 0) }
                    endLine()
                } else {
                    scalar(id, of: tree, position: .blockValue, indent: indent)
                }
            case .sequence: append("[]\n")
            case .mapping: append("{}\n")
            }
            return
        }
        indentLine(indent)
        children(id, node, of: tree, indent: indent)
    }

    /// Writes one entry of a mapping at this indentation.
    package mutating func writeEntry(_ key: NodeID, _ value: NodeID, of tree: Tree, indent: Int) {
        indentLine(indent)
        inlineEntry(key, value, of: tree, indent: indent)
    }

    /// Writes what follows `key:`, and ends the line; `indent` is that of the key.
    package mutating func writeValue(_ id: NodeID, of tree: Tree, indent: Int) {
        let node = tree[id]
        mergeTag(node.tag)
        if node.kind == .scalar {
            scalarBehindIndicator(id, node, of: tree, position: .blockValue, indent: indent)
        } else if !emptyOrFlow(id, node, of: tree) {
            endLine()
            indentLine(indent + 2)
            children(id, node, of: tree, indent: indent + 2)
        }
    }

    /// Writes one item of a sequence; `indent` is that of the dash.
    package mutating func writeItem(_ id: NodeID, of tree: Tree, indent: Int) {
        indentLine(indent)
        dash()
        itemValue(id, of: tree, indent: indent)
    }

    /// Writes a key whose value follows on lines of its own, and its merge tag.
    package mutating func openEntry(_ key: NodeID, _ value: NodeID, of tree: Tree, indent: Int) {
        indentLine(indent)
        tree.withBytes(key) { inlineKey($0, indent: indent) }
        mergeTag(tree[value].tag)
        endLine()
    }

    private mutating func mergeTag(_ tag: Tag) {
        guard keepsMergeTags else { return }
        if tag == .reset { append(" !reset") }
        if tag == .override { append(" !override") }
    }

    private mutating func inlineEntry(_ key: NodeID, _ value: NodeID, of tree: Tree, indent: Int) {
        // Keys are strings to Compose, which refuses any other.
        tree.withBytes(key) { inlineKey($0, indent: indent) }
        writeValue(value, of: tree, indent: indent)
    }

    /// Writes what follows `-`; `indent` is that of the dash.
    private mutating func itemValue(_ id: NodeID, of tree: Tree, indent: Int) {
        let node = tree[id]
        if node.kind == .scalar {
            scalarBehindIndicator(id, node, of: tree, position: .sequenceItem, indent: indent)
        } else if !emptyOrFlow(id, node, of: tree) {
            space()
            children(id, node, of: tree, indent: indent + 2)
        }
    }

    /// Writes the children of a collection that has some; the first goes where the line already stands.
    private mutating func children(_ id: NodeID, _ node: Node, of tree: Tree, indent: Int) {
        var isFirst = true
        if node.kind == .mapping {
            for (key, value) in tree.entries(id) {
                if !isFirst { indentLine(indent) }
                isFirst = false
                inlineEntry(key, value, of: tree, indent: indent)
            }
        } else {
            for item in tree.items(id) {
                if !isFirst { indentLine(indent) }
                isFirst = false
                dash()
                itemValue(item, of: tree, indent: indent)
            }
        }
    }

    private mutating func scalarBehindIndicator(
        _ id: NodeID, _ node: Node, of tree: Tree, position: ScalarPosition, indent: Int
    ) {
        // A null that the author wrote as nothing stays nothing.
        if node.count == 0, tree.isNull(id) { return endLine() }
        space()
        scalar(id, of: tree, position: position, indent: indent)
    }

    // MARK: Scalars

    /// Writes a scalar, and ends the line unless it stands in flow.
    private mutating func scalar(_ id: NodeID, of tree: Tree, position: ScalarPosition, indent: Int) {
        let node = tree[id]
        tree.withBytes(id) { text in
            switch node.tag {
            case .integer, .float, .boolean, .null, .timestamp:
                tagged(node.tag, text, position: position, indent: indent)
            case .none where node.style == .plain && plainScalarType(text) != .string,
                .reset where keepsMergeTags && node.style == .plain && plainScalarType(text) != .string,
                .override where keepsMergeTags && node.style == .plain && plainScalarType(text) != .string:
                verbatim(text, position: position)
            default:
                writeScalar(text, position: position, indent: indent)
            }
        }
    }

    private mutating func verbatim(_ text: UnsafeBufferPointer<UInt8>, position: ScalarPosition) {
        if text.isEmpty { append("null") } else { append(text) }
        if position != .flow { endLine() }
    }

    /// Writes a scalar whose tag says more than its text; the tag itself only where the text does not say it.
    private mutating func tagged(
        _ tag: Tag, _ text: UnsafeBufferPointer<UInt8>, position: ScalarPosition, indent: Int
    ) {
        let type = plainScalarType(text)
        switch (tag, type) {
        case (.integer, .integer), (.float, .float), (.boolean, .boolean), (.null, .null), (.timestamp, .timestamp):
            return verbatim(text, position: position)
        case (.integer, _): append("!!int ")
        case (.float, _): append("!!float ")
        case (.boolean, _): append("!!bool ")
        case (.null, _): append("!!null ")
        default: append("!!timestamp ")
        }
        if type == .string || text.isEmpty {
            writeScalar(text, position: position, indent: indent)
        } else {
            verbatim(text, position: position)
        }
    }

    // MARK: Flow

    /// Writes ` []`, ` {}`, or a sequence that the author wrote in brackets and that is short; false when the
    /// collection must go to lines of its own.
    private mutating func emptyOrFlow(_ id: NodeID, _ node: Node, of tree: Tree) -> Bool {
        if node.count == 0 {
            append(node.kind == .sequence ? " []\n" : " {}\n")
            return true
        }
        if node.kind == .mapping, keepsFlowMappings, node.style == .flow { return flowMapping(id, of: tree) }
        guard keepsFlow, node.kind == .sequence, node.style == .flow else { return false }
        let start = bytes.count
        let lineStart = (bytes.lastIndex(of: 0x0A) ?? -1) + 1
        append(" [")
        var isFirst = true
        for item in tree.items(id) {
            if !isFirst { append(", ") }
            isFirst = false
            guard tree[item].kind == .scalar, !tree.withBytes(item, { $0.contains(0x0A) }) else {
                rewind(to: start)
                return false
            }
            scalar(item, of: tree, position: .flow, indent: 0)
            if characterCount(from: lineStart) + 1 > keptFlowWidth {
                rewind(to: start)
                return false
            }
        }
        append("]\n")
        return true
    }

    /// Writes a short mapping of scalars ` { a: b }`; false when it must go to lines of its own.
    private mutating func flowMapping(_ id: NodeID, of tree: Tree) -> Bool {
        let start = bytes.count
        let lineStart = (bytes.lastIndex(of: 0x0A) ?? -1) + 1
        append(" {")
        var isFirst = true
        for (key, value) in tree.entries(id) {
            append(isFirst ? " " : ", ")
            isFirst = false
            let isPlain = tree[value].kind == .scalar && !tree.withBytes(value) { $0.contains(0x0A) }
            guard isPlain, tree[key].count < 100, tree[value].tag != .reset, tree[value].tag != .override else {
                rewind(to: start)
                return false
            }
            tree.withBytes(key) { writeScalar($0, position: .flow, indent: 0) }
            append(": ")
            scalar(value, of: tree, position: .flow, indent: 0)
            if characterCount(from: lineStart) + 2 > keptFlowWidth {
                rewind(to: start)
                return false
            }
        }
        append(" }\n")
        return true
    }

    /// A small mapping in one line: `{ context: shop, args: { NODE: 22 } }`.
    ///
    /// - Returns: nil where it has more than three entries, or one that is no text of one line and no collection of at
    ///   most two such texts.
    package static func flowText(of mapping: NodeID, in tree: Tree) -> String? {
        guard tree[mapping].kind == .mapping, (1...3).contains(tree[mapping].count) else { return nil }
        var writer = YAMLWriter(capacity: 128)
        guard writer.smallFlow(mapping, of: tree, depth: 0) else { return nil }
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    /// A scalar as it stands in one line with others; nil for a collection, and a text that is long or has several lines.
    package static func flowText(scalar: NodeID, in tree: Tree) -> String? {
        guard tree[scalar].kind == .scalar else { return nil }
        var writer = YAMLWriter(capacity: 64)
        guard writer.smallFlow(scalar, of: tree, depth: 0) else { return nil }
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    /// A text as it stands in one line with others.
    package static func flowText(_ text: String) -> String {
        var writer = YAMLWriter(capacity: 64)
        writer.writeScalar(text, position: .flow, indent: 0)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    private mutating func smallFlow(_ id: NodeID, of tree: Tree, depth: Int) -> Bool {
        let node = tree[id]
        if node.tag == .reset || node.tag == .override { return false }
        if node.kind == .scalar {
            // What is longer never stands in a short line.
            if tree.withBytes(id, { $0.count > Self.flowWidth || $0.contains(0x0A) }) { return false }
            scalar(id, of: tree, position: .flow, indent: 0)
            return true
        }
        guard depth == 0 || depth == 1 && node.count <= 2 else { return false }
        let isMapping = node.kind == .mapping
        if node.count == 0 {
            append(isMapping ? "{}" : "[]")
            return true
        }
        append(isMapping ? "{ " : "[")
        let entries: [(key: NodeID?, value: NodeID)] =
            isMapping ? tree.entries(id).map { ($0.key, $0.value) } : tree.items(id).map { (nil, $0) }
        for (index, entry) in entries.enumerated() {
            if index > 0 { append(", ") }
            if let key = entry.key {
                guard tree[key].count < Self.flowWidth else { return false }
                tree.withBytes(key) { writeScalar($0, position: .flow, indent: 0) }
                append(": ")
            }
            guard smallFlow(entry.value, of: tree, depth: depth + 1) else { return false }
        }
        append(isMapping ? " }" : "]")
        return true
    }
}
