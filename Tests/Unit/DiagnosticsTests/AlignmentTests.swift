import Diagnostics
import SourceText
import Testing

/// Underlines stand under what they mean, whatever the line holds and however wide the terminal is.
///
/// The widths are this test's own table of the characters it writes, so that a fault of the renderer's table shows.
@Suite struct AlignmentTests {
    /// What a line is made of, and how it is shown.
    static let pieces: [(source: String, shown: String, columns: Int)] = [
        ("a", "a", 1), (" ", " ", 1), ("\t", "    ", 4), ("é", "é", 1), ("e\u{301}", "e\u{301}", 1), ("名", "名", 2),
        ("한", "한", 2), ("ｱ", "ｱ", 1), ("Ａ", "Ａ", 2), ("😀", "😀", 2), ("\u{1B}", "␛", 1), ("\u{0}", "␀", 1),
        ("\u{7F}", "␡", 1), ("\u{85}", "\\u{85}", 6), ("\u{9B}", "\\u{9b}", 6), ("\u{202E}", "\\u{202e}", 8),
        ("\u{2028}", "\\u{2028}", 8), ("\u{200B}", "\\u{200b}", 8), ("\u{FEFF}", "\\u{feff}", 8),
        ("\u{5D0}\u{5B0}", "\u{5D0}\u{5B0}", 1), ("᠎", "\\u{180e}", 8), ("㈀", "㈀", 2), ("𝄞", "𝄞", 1),
    ]

    /// Cuts the columns of a row that was shown: the reverse of the table above.
    static func columns(_ row: Substring) -> Int {
        var count = 0
        for scalar in row.unicodeScalars {
            switch scalar {
            case "\u{301}", "\u{5B0}": break
            case "名", "한", "Ａ", "😀", "㈀": count += 2
            default: count += 1
            }
        }
        return count
    }

    static func filler(_ random: inout SeededGenerator) -> String {
        (0..<Int.random(in: 0...60, using: &random))
            .map { _ in pieces.randomElement(using: &random)?.source ?? "" }.joined()
    }

    @Test func caretStandsUnderItsCharacter() throws {
        var random = SystemRandomNumberGenerator.seeded(42)
        for round in 0..<1000 {
            let line = Self.filler(&random) + "XYZ" + Self.filler(&random)
            let ending = ["\n", "\r\n", "\r", ""][round % 4]
            let sample = Sample("f", "first\n" + line + ending)
            let width = [nil, 24, 40, 80, 200][round % 5]
            let text = rendered(
                [Diagnostic(.wrongType, "m", at: sample.label("XYZ"))], .text, RenderingOptions(width: width))
            let rows = text.split(separator: "\n", omittingEmptySubsequences: false)
            let source = try #require(rows.first { $0.hasPrefix("2 |") })
            let marks = try #require(rows.first { $0.contains("^") })
            #expect(marks.contains("^^^") && !marks.contains("^^^^"))
            let caret = try #require(marks.firstIndex(of: "^"))
            let named = try #require(source.range(of: "XYZ"), "the span is not shown at width \(width ?? 0): \(source)")
            #expect(
                Self.columns(source[..<named.lowerBound]) == Self.columns(marks[..<caret]), "\(source)\n\(marks)")
            for row in rows { #expect(Self.columns(row) <= width ?? 140, "\(row)") }
        }
    }

    /// Bytes of ASCII are shown without being taken apart; a character of another kind, wherever it stands, changes nothing
    /// about what is shown beside it.
    @Test func plainLinesAreShownAsOthers() {
        let plain = String(repeating: "abcdefghi ", count: 30)
        for (start, width) in [(0, 40), (7, 24), (130, 40), (150, 80), (290, 40), (298, 24)] {
            func shown(_ line: String) -> String {
                var bytes = 0
                var spans: [Int] = []
                for (column, character) in line.enumerated() {
                    if column == start || column == start + 2 { spans.append(bytes) }
                    bytes += String(character).utf8.count
                }
                if spans.count < 2 { spans.append(bytes) }
                let label = Sample("f", line).at(spans[0], spans[1])
                return rendered([Diagnostic(.wrongType, "m", at: label)], .text, RenderingOptions(width: width))
            }
            let expected = shown(plain)
            for column in plain.indices {
                let replaced = plain[column]
                let other = plain[..<column] + "é" + plain[plain.index(after: column)...]
                let row = shown(String(other)).replacing("é", with: String(replaced))
                let distance = plain.distance(from: plain.startIndex, to: column)
                #expect(row == expected, "with another character at \(distance)")
            }
        }
    }

    @Test func everyWidthHoldsEveryScene() {
        for width in stride(from: 24, through: 140, by: 3) {
            for diagnostics in [Scenes.oddities, Scenes.edges, [Scenes.cycle], [Scenes.stacked], [Scenes.moved]] {
                for row in rendered(diagnostics, .text, RenderingOptions(width: width)).split(separator: "\n") {
                    // A path is never broken, so that it can be clicked.
                    if row.contains("--> ") || row.contains("::: ") || row.hasPrefix("bayplan: ") { continue }
                    #expect(visibleColumns(row) <= width, "\(width): \(row)")
                }
            }
        }
    }

    private func visibleColumns(_ row: Substring) -> Int {
        row.unicodeScalars.reduce(0) { sum, scalar in
            let wide = "名前東京サーバ".unicodeScalars.contains(scalar) || scalar == "ー"
            return sum + (scalar == "\u{301}" ? 0 : wide ? 2 : 1)
        }
    }

    @Test func markIsPointedAtThroughItsBase() {
        let sample = Sample("f", "ab: e\u{301}x")
        let text = rendered([Diagnostic(.wrongType, "m", at: sample.at(5, 7))], .text)
        #expect(text.contains("\n1 | ab: e\u{301}x\n  |     ^\n"))
    }

    @Test func tinyAndHugeTerminals() {
        for width in [-1, 0, 1, 7, 100_000, Int.max] {
            #expect(!rendered([Scenes.stacked], .text, RenderingOptions(width: width)).isEmpty)
        }
    }
}

/// A generator whose numbers are the same in every run.
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}

extension SystemRandomNumberGenerator {
    static func seeded(_ seed: UInt64) -> SeededGenerator { SeededGenerator(state: seed) }
}
