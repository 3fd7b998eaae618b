import YAMLSyntax

/// The two forms of values for keys: a list of `KEY=value` and a mapping.
extension Tree {
    /// Whether the part of a `KEY=value` item before the `=` holds an interpolation.
    func hasInterpolatedKey(_ item: NodeID) -> Bool {
        bytes(item).prefix { $0 != UInt8(ascii: "=") }.contains(UInt8(ascii: "$"))
    }

    /// A list of `KEY=value` as a mapping to strings, a bare `KEY` to null; the last of several counts.
    mutating func asMapping(_ list: NodeID) -> NodeID {
        var entries: [(key: NodeID, value: NodeID)] = []
        var positions = ItemPositions()
        for item in Array(items(list)) {
            let text = Array(bytes(item))
            let span = self[item].span
            let name = text.prefix { $0 != UInt8(ascii: "=") }
            let key = addKey(String(decoding: name, as: UTF8.self), at: span)
            let value =
                name.count < text.count
                ? addScalar(text[(name.count + 1)...], style: .doubleQuoted, at: span) : addScalar([], at: span)
            if let position = positions.position(of: self[key].symbol) {
                entries[position] = (key, value)
            } else {
                entries.append((key, value))
            }
        }
        return addMapping(entries, at: self[list].span)
    }

    /// A mapping as a list of `KEY=value`, null as a bare `KEY`, several values as so many items; a list as it is.
    mutating func asAssignments(_ id: NodeID) -> NodeID {
        guard self[id].kind == .mapping else { return id }
        var list: [NodeID] = []
        for entry in Array(entries(id)) {
            let key = Array(bytes(entry.key))
            let values = self[entry.value].kind == .sequence ? Array(items(entry.value)) : [entry.value]
            for value in values {
                let text = isNull(value) ? key : key + [UInt8(ascii: "=")] + valueText(value)
                list.append(addScalar(text, style: .doubleQuoted, at: self[entry.key].span))
            }
        }
        return addSequence(list, at: self[id].span)
    }

    /// The text that Compose makes of a value: Go's for numbers and truth values, a string's own for all others.
    func valueText(_ id: NodeID) -> [UInt8] { arrivingText(id).map { Array($0.utf8) } ?? Array(bytes(id)) }
}
