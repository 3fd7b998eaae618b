import SourceText
import YAMLSyntax

/// A comment of a Compose file.
struct Comment: Sendable {
    /// What follows the first `#`.
    let text: String
    /// From the `#` to the end of the line.
    let span: Span
}

/// Where the comments of a file are.
enum Comments {
    /// Every comment of a file: what a `#` behind a blank begins, outside all scalars.
    static func all(_ file: SourceFile, _ trees: [Tree]) -> [Span] {
        var found: [Span] = []
        scan(file, trees) { index, bytes in
            guard bytes[index] == UInt8(ascii: "#"), index == 0 || isBlank(bytes[index - 1]) else { return index + 1 }
            let end = lineEnd(index, bytes)
            found.append(Span(UInt32(index), UInt32(end)))
            return end
        }
        return found
    }

    /// The anchors of a file, each with its name and where it begins.
    static func anchors(_ file: SourceFile, _ trees: [Tree]) -> [(name: String, offset: UInt32)] {
        var found: [(name: String, offset: UInt32)] = []
        scan(file, trees) { index, bytes in
            guard index > 0, isBlank(bytes[index - 1]) || bytes[index - 1] == UInt8(ascii: "[") else {
                return index + 1
            }
            if bytes[index] == UInt8(ascii: "#") { return lineEnd(index, bytes) }
            guard bytes[index] == UInt8(ascii: "&") else { return index + 1 }
            var end = index + 1
            while end < bytes.count, !isBlank(bytes[end]), !"[]{},".utf8.contains(bytes[end]) { end += 1 }
            found.append((String(decoding: bytes[index + 1..<end], as: UTF8.self), UInt32(index)))
            return end
        }
        return found
    }

    /// Visits the bytes outside all scalars; `visit` says where to go on.
    private static func scan(_ file: SourceFile, _ trees: [Tree], _ visit: (Int, [UInt8]) -> Int) {
        let scalars = trees.flatMap { Array($0.scalarSpans) }.sorted { $0.start < $1.start }
        var next = 0
        var index = 0
        let bytes = file.bytes
        while index < bytes.count {
            while next < scalars.count, Int(scalars[next].end) <= index { next += 1 }
            if next < scalars.count, Int(scalars[next].start) <= index {
                index = Int(scalars[next].end)
            } else {
                index = visit(index, bytes)
            }
        }
    }

    private static func lineEnd(_ start: Int, _ bytes: [UInt8]) -> Int {
        var index = start
        while index < bytes.count, bytes[index] != 0x0A, bytes[index] != 0x0D { index += 1 }
        return index
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }
}
