import SourceText
import YAMLSyntax

/// One comment `# bayplan: allow(rule, rule) reason`.
struct SuppressionComment {
    /// From the `#` to the end of the line, without the break.
    let span: Span
    /// The rules' names.
    let rules: [Span]
    let hasReason: Bool

    private static let opening = Array("bayplan:".utf8)
    private static let verb = Array("allow(".utf8)

    /// The comments of a file, in order; a `#` inside a scalar begins none.
    static func all(in tree: Tree) -> [SuppressionComment] {
        let bytes = tree.source.bytes
        let candidates = candidates(in: bytes)
        if candidates.isEmpty { return [] }
        let scalars = scalarSpans(in: tree)
        return candidates.compactMap { start in
            isInside(start, scalars) ? nil : comment(at: Int(start), in: bytes)
        }
    }

    /// The offsets of `#` with `bayplan:` behind it.
    private static func candidates(in bytes: [UInt8]) -> [UInt32] {
        bytes.withUnsafeBufferPointer { bytes in
            var found: [UInt32] = []
            var index = 0
            while true {
                index = ByteSearch.first(UInt8(ascii: "#"), in: bytes, from: index)
                guard index < bytes.count else { break }
                defer { index += 1 }
                // A `#` that touches what stands before it is text.
                if index > 0, ![0x20, 0x09, 0x0A, 0x0D].contains(bytes[index - 1]) { continue }
                var next = index + 1
                while next < bytes.count, bytes[next] == 0x20 { next += 1 }
                if bytes.count - next >= opening.count, bytes[next..<(next + opening.count)].elementsEqual(opening) {
                    found.append(UInt32(index))
                }
            }
            return found
        }
    }

    private static func comment(at start: Int, in bytes: [UInt8]) -> SuppressionComment? {
        var end = start
        while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
        let line = bytes[start..<end]
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return nil }
        var index = colon + 1
        while index < end, bytes[index] == 0x20 { index += 1 }
        guard bytes[index..<end].starts(with: verb),
            let close = bytes[index..<end].firstIndex(of: UInt8(ascii: ")"))
        else { return nil }
        let names = bytes[(index + verb.count)..<close].split(separator: UInt8(ascii: ","))
        let rules = names.map { name in
            let first = name.firstIndex { $0 != 0x20 } ?? name.startIndex
            let last = name.lastIndex { $0 != 0x20 } ?? first
            return Span(UInt32(first), UInt32(last + 1))
        }
        let hasReason = bytes[(close + 1)..<end].contains { $0 != 0x20 && $0 != 0x09 }
        return SuppressionComment(span: Span(UInt32(start), UInt32(end)), rules: rules, hasReason: hasReason)
    }

    /// Where scalars stand, ascending; a `#` in one is text.
    private static func scalarSpans(in tree: Tree) -> [Span] {
        tree.scalarSpans.sorted { $0.start < $1.start }
    }

    private static func isInside(_ offset: UInt32, _ spans: [Span]) -> Bool {
        var (low, high) = (0, spans.count)
        while low < high {
            let middle = (low + high) / 2
            if spans[middle].start <= offset { low = middle + 1 } else { high = middle }
        }
        return low > 0 && spans[low - 1].end > offset
    }
}
