@testable import YAMLSyntax

/// A stream as the YAML test suite notates it, a line for each event: `+MAP`, `=VAL &a <tag> :text`, `=ALI *a`.
///
/// Without the markers of stream and documents' ends, which say nothing of values.
struct Events: Equatable {
    var lines: [Line] = []

    struct Line: Equatable {
        enum Kind: Equatable {
            case document
            case sequence, mapping, end
            case scalar([UInt8])
            case alias(String)
        }

        var kind: Kind
        var style: Node.Style = .plain
        var anchor: String?
        var tag = Tag.none
    }

    /// The events with every alias written out, as a reader of values sees them; an undefined one stays.
    var expanded: Events {
        var anchored: [String: ArraySlice<Line>] = [:]
        var open: [(anchor: String?, start: Int)] = []
        var result: [Line] = []
        for line in lines {
            var plain = line
            plain.anchor = nil
            switch line.kind {
            case .document:
                anchored = [:]
                result.append(plain)
            case .alias(let name):
                result += anchored[name] ?? [plain]
            case .scalar:
                result.append(plain)
                if let anchor = line.anchor { anchored[anchor] = result.suffix(1) }
            case .sequence, .mapping:
                open.append((line.anchor, result.count))
                result.append(plain)
            case .end:
                result.append(plain)
                if let (anchor, start) = open.popLast(), let anchor { anchored[anchor] = result[start...] }
            }
        }
        return Events(lines: result)
    }

    /// The notation, for messages.
    var text: String {
        lines.map { line in
            let tag = line.tag == .none ? "" : " <\(line.tag)>"
            return switch line.kind {
            case .document: "+DOC"
            case .sequence: "+SEQ \(line.style)\(tag)"
            case .mapping: "+MAP \(line.style)\(tag)"
            case .end: "-"
            case .alias(let name): "*\(name)"
            case .scalar(let text): "=VAL \(line.style)\(tag) \(String(decoding: text, as: UTF8.self).debugDescription)"
            }
        }.joined(separator: " ")
    }
}

extension Events {
    /// What Bayplan made of a document: its tree.
    init(_ tree: Tree) {
        lines = [Line(kind: .document)]
        add(tree.root, of: tree)
    }

    private mutating func add(_ id: NodeID, of tree: Tree) {
        let node = tree[id]
        func line(_ kind: Line.Kind) -> Line { Line(kind: kind, style: node.style, tag: node.tag) }
        switch node.kind {
        case .scalar: lines.append(line(.scalar(Array(tree.bytes(id)))))
        case .sequence:
            lines.append(line(.sequence))
            for item in tree.items(id) { add(item, of: tree) }
            lines.append(Line(kind: .end))
        case .mapping:
            lines.append(line(.mapping))
            for (key, value) in tree.entries(id) {
                add(key, of: tree)
                add(value, of: tree)
            }
            lines.append(Line(kind: .end))
        }
    }
}
