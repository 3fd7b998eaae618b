import SourceText
import YAMLSyntax

/// Comments that stand on lines of their own over a place.
enum Comments {
    /// The texts of the comment lines directly over the line of an offset, without `#`, first line first.
    static func over(_ location: Location) -> [String] {
        let bytes = location.file.bytes
        var end = lineStart(min(Int(location.span.start), bytes.count), bytes)
        var lines: [String] = []
        while end > 0 {
            let start = lineStart(end - 1, bytes)
            guard let text = commentText(bytes[start..<end]) else { break }
            lines.append(text)
            end = start
            if lines.count == 100 { break }
        }
        return lines.reversed()
    }

    /// The comment that a file begins with; nothing where it goes on without a blank line to what stands below it.
    static func onTop(_ file: SourceFile) -> [String] {
        let bytes = file.bytes
        var lines: [String] = []
        var start = 0
        while start < bytes.count, lines.count < 100 {
            var end = start
            while end < bytes.count, bytes[end] != 0x0A { end += 1 }
            guard let text = commentText(bytes[start..<end]) else { break }
            // What speaks to editors or of a generator is not about the project.
            if text.hasPrefix("yaml-language-server:") || text.hasPrefix("Code generated") { return [] }
            lines.append(text)
            start = end + 1
        }
        let isAlone = start >= bytes.count || bytes[start] == 0x0A || bytes[start] == 0x0D
        return isAlone ? lines : []
    }

    /// The bytes of all comments that fill a line, for knowing whether there are any.
    private static func commentText(_ line: ArraySlice<UInt8>) -> String? {
        var rest = line
        while let last = rest.last, last == 0x0A || last == 0x0D || last == 0x20 || last == 0x09 { rest.removeLast() }
        rest = rest.drop { $0 == 0x20 || $0 == 0x09 }
        guard rest.first == UInt8(ascii: "#") else { return nil }
        rest = rest.dropFirst()
        if rest.first == 0x20 { rest = rest.dropFirst() }
        return String(decoding: rest, as: UTF8.self)
    }

    private static func lineStart(_ offset: Int, _ bytes: [UInt8]) -> Int {
        var index = offset
        while index > 0, bytes[index - 1] != 0x0A { index -= 1 }
        return index
    }
}
