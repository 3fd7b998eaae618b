import SourceText
import YAMLSyntax

/// A comment of a Compose file.
struct Comment: Sendable {
    /// Without `#`.
    let text: String
    /// From the `#` to the end of the line.
    let span: Span
}

/// The comments of Compose files, which belong to the lines below them.
enum Comments {
    /// A line in which more bytes stand before a place has no comment above it that a person wrote.
    private static let lineBound = 4096
    /// Lines of one comment.
    private static let bound = 100

    /// The comment lines directly over the line of a place, first line first.
    static func over(_ location: Location) -> [Comment] {
        let bytes = location.file.bytes
        guard var end = lineStart(min(Int(location.span.start), bytes.count), bytes) else { return [] }
        var found: [Comment] = []
        while end > 0, found.count < bound {
            guard let start = lineStart(end - 1, bytes), let comment = comment(in: start..<end, bytes) else { break }
            found.append(comment)
            end = start
        }
        return found.reversed()
    }

    /// The comment that a file begins with, unless it speaks to editors or tells of a generator.
    static func onTop(_ file: SourceFile) -> [Comment] {
        let bytes = file.bytes
        var found: [Comment] = []
        var start = 0
        while start < bytes.count, found.count < bound {
            var end = start
            while end < bytes.count, bytes[end] != 0x0A { end += 1 }
            guard let comment = comment(in: start..<end, bytes) else { break }
            if comment.text.hasPrefix("yaml-language-server:") || comment.text.hasPrefix("Code generated") { return [] }
            found.append(comment)
            start = end + 1
        }
        return found
    }

    /// Every comment of a file: what a `#` behind a blank begins, outside all scalars.
    static func all(_ file: SourceFile, _ tree: Tree) -> [Span] {
        let scalars = tree.scalarSpans.sorted { $0.start < $1.start }
        var next = 0
        var found: [Span] = []
        var index = 0
        let bytes = file.bytes
        while index < bytes.count {
            while next < scalars.count, Int(scalars[next].end) <= index { next += 1 }
            if next < scalars.count, Int(scalars[next].start) <= index {
                index = Int(scalars[next].end)
                continue
            }
            guard bytes[index] == UInt8(ascii: "#"), index == 0 || isBlank(bytes[index - 1]) else {
                index += 1
                continue
            }
            let start = index
            while index < bytes.count, bytes[index] != 0x0A, bytes[index] != 0x0D { index += 1 }
            found.append(Span(UInt32(start), UInt32(index)))
        }
        return found
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }

    private static func comment(in line: Range<Int>, _ bytes: [UInt8]) -> Comment? {
        var (start, end) = (line.lowerBound, line.upperBound)
        while end > start, isBlank(bytes[end - 1]) { end -= 1 }
        while start < end, isBlank(bytes[start]) { start += 1 }
        guard start < end, bytes[start] == UInt8(ascii: "#") else { return nil }
        var text = start
        while text < end, bytes[text] == UInt8(ascii: "#") { text += 1 }
        if text < end, bytes[text] == 0x20 { text += 1 }
        return Comment(
            text: String(decoding: bytes[text..<end], as: UTF8.self), span: Span(UInt32(start), UInt32(end)))
    }

    private static func lineStart(_ offset: Int, _ bytes: [UInt8]) -> Int? {
        var index = offset
        while index > 0, bytes[index - 1] != 0x0A {
            index -= 1
            if offset - index > lineBound { return nil }
        }
        return index
    }
}
