import SourceText
import Testing

@testable import LanguageServer

/// Places in lines of any length, counted as one by one.
struct PositionTableTests {
    @Test(arguments: [1, 100, 5000, 40_000])
    func longLines(_ length: Int) {
        let line = String(repeating: "a\u{E4}\u{1F600}b", count: length / 4 + 1)
        let text = "\u{FEFF}x: 1\n" + line + "\n" + line + "\r\nend"
        let file = SourceFile(path: "x", bytes: Array(text.utf8))
        let table = PositionTable(file)
        var (number, units, bytes) = (0, 0, 0)
        for (offset, byte) in file.bytes.enumerated() {
            if byte & 0xC0 != 0x80, offset % 97 == 0 || offset > file.bytes.count - 20 {
                let span = Span(UInt32(offset), UInt32(offset))
                #expect(table.range(span, .utf16).bytes == Self.range(number, units), "\(offset) in UTF-16")
                #expect(table.range(span, .utf8).bytes == Self.range(number, bytes), "\(offset) in UTF-8")
            }
            if byte == 0x0A {
                (number, units, bytes) = (number + 1, 0, 0)
            } else {
                bytes += 1
                units += byte & 0xC0 == 0x80 ? 0 : byte >= 0xF0 ? 2 : 1
            }
        }
    }

    private static func range(_ line: Int, _ character: Int) -> [UInt8] {
        let place: JSONValue = ["line": .integer(line), "character": .integer(character)]
        let range: JSONValue = ["start": place, "end": place]
        return range.bytes
    }
}
