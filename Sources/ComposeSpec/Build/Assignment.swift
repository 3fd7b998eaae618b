import SourceText
import YAMLSyntax

/// A name with its value, of a mapping (`DEBUG: 1`) or of a list (`DEBUG=1`).
package struct Assignment: Sendable {
    package let name: String
    /// The text that Compose makes of the value; nil where only the name is said.
    package let value: String?
    /// The name alone.
    package let nameSpan: Span
    /// The value of a mapping, quotes included; the whole item of a list.
    package let span: Span
    /// The value's text without quotes, where the source spells it out.
    package let valueSpan: Span

    /// The name and the value of a list's item, `DEBUG=1`; nil for a name alone.
    package static func parts(of item: UnsafeBufferPointer<UInt8>) -> (name: Range<Int>, value: Range<Int>)? {
        item.firstIndex(of: UInt8(ascii: "=")).map { (0..<$0, $0 + 1..<item.count) }
    }

    /// The place of the value behind its first bytes, where the source spells the value out.
    ///
    /// - Parameter prefix: what the value begins with.
    package func valueSpan(behind prefix: String) -> Span {
        guard let value, Int(valueSpan.count) == value.utf8.count else { return valueSpan }
        return Span(valueSpan.start + UInt32(prefix.utf8.count), valueSpan.end)
    }
}

extension [Assignment] {
    /// What Compose keeps: of several values for one name the last, at the place of the first.
    package var settled: [Assignment] {
        guard count > 1 else { return self }
        var places: [String: Int] = [:]
        var kept: [Assignment] = []
        for assignment in self {
            if let place = places[assignment.name] {
                kept[place] = assignment
            } else {
                places[assignment.name] = kept.count
                kept.append(assignment)
            }
        }
        return kept
    }
}

extension Tree {
    /// The entries of a mapping, or the items of a list of `name=value`, in their order.
    package func assignments(_ node: NodeID) -> [Assignment] {
        if self[node].kind == .mapping {
            return entries(node).map { key, value in
                Assignment(
                    name: text(key), value: isNull(value) ? nil : composeText(value), nameSpan: self[key].span,
                    span: self[value].span, valueSpan: span(of: 0..<Int(self[value].count), in: value))
            }
        }
        return items(node).map { item in
            guard let parts = withBytes(item, Assignment.parts(of:)) else {
                let span = self[item].span
                return Assignment(name: text(item), value: nil, nameSpan: span, span: span, valueSpan: span)
            }
            func part(_ range: Range<Int>) -> String {
                withBytes(item) { String(decoding: $0[range], as: UTF8.self) }
            }
            return Assignment(
                name: part(parts.name), value: part(parts.value), nameSpan: span(of: parts.name, in: item),
                span: self[item].span, valueSpan: span(of: parts.value, in: item))
        }
    }

    /// The text that Compose makes of a scalar that stands where a text is meant: `0x10` is `16`.
    private func composeText(_ node: NodeID) -> String {
        self[node].kind == .scalar ? String(decoding: valueText(node), as: UTF8.self) : ""
    }
}
