import Foundation
import TestSupport
import Testing

/// Strings that readers of YAML trip over.
enum ScalarCorpus {
    /// A string, and in which positions the readers disagree about it when it is written plain.
    struct Entry: Sendable {
        let text: [UInt8]
        let mustQuote: Bool
        let mustQuoteValue: Bool
        let mustQuoteItem: Bool
        let mustQuoteFlow: Bool
        let mustQuoteKey: Bool
    }

    /// The strings of `Tests/Support/Data/scalars.tsv`, with what four readers were measured to make of each.
    static func table() throws -> [Entry] {
        try TestData.text("scalars.tsv").split(separator: "\n").dropFirst().map { line in
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false)
            let yes = fields[1...5].map { $0 == "yes" }
            return Entry(
                text: Array(try decoded(String(fields[0])).utf8), mustQuote: yes[0], mustQuoteValue: yes[1],
                mustQuoteItem: yes[2], mustQuoteFlow: yes[3], mustQuoteKey: yes[4])
        }
    }

    /// The string of a field: JSON with its quotes, without them, or (four of them) with the first escaped quote
    /// turned into a backslash by the table's own quoting.
    private static func decoded(_ field: String) throws -> String {
        if let whole = try? JSONDecoder().decode(String.self, from: Data(field.utf8)) { return whole }
        if let bare = try? JSONDecoder().decode(String.self, from: Data("\"\(field)\"".utf8)) { return bare }
        let inner = field.dropFirst().dropLast().replacingOccurrences(of: "\"\"", with: "\"").dropLast()
        let backslash = try #require(inner.firstIndex(of: "\\"))
        let repaired = inner[...backslash] + "\"" + inner[inner.index(after: backslash)...]
        return try JSONDecoder().decode(String.self, from: Data("\"\(repaired)\"".utf8))
    }

    /// The pieces that YAML gives a meaning to.
    static let hostilePieces: [String] = [
        "a", "b", "Z", "0", "1", "9", "_", "-", "--", "---", "...", ".", ":", ": ", " :", "::", "#", " #", "# ",
        " ",
        "  ", "\n", "\n\n", "\n ", " \n", "\n  ", "\t", "\n\t", "\t\n", "\r", "\r\n", "'", "''", "\"", "\\", "\\n",
        ",", ", ", "[", "]", "{", "}", "?", "? ", "- ", "&", "*", "!", "!!", "|", ">", "%", "@", "`", "~", "=",
        "<<",
        "+", "e", "E", "x", "o", "T", "yes", "no", "on", "true", "null", ".inf", "0x", "0o", "0b", ":30", "1:2",
        "2024-01-01", "$", "${", "$$", "é", "e\u{301}", "日本", "😀", "\u{A0}", "\u{85}", "\u{2028}", "\u{2029}",
        "\u{FEFF}", "\u{200B}", "\u{7F}", "\u{80}", "\u{9F}", "\u{1}", "\u{1B}", "\u{FFFE}", "\u{FFFF}", "\u{FFFD}",
        "\u{10FFFF}", "\u{E000}",
    ]

    /// The pieces of numbers and times.
    static let numericPieces: [String] = [
        "0", "1", "2", "5", "7", "9", "12", "30", "59", "60", "00", "2024", "01", "_", "__", "-", "+", ".", ":", "e",
        "E",
        "e+", "e-", "x", "X", "o", "b", "B", "a", "F", "T", "t", " ", "Z", "-01", "-1", "2024-02-29", "2023-2-29",
        "12:30:45", "T12:30:45", "t1:2:3", " 1:2:3", ".5", ",5", "+01:00", "-1", "+0100", "18446744073709551615",
        "9223372036854775808", "999",
    ]

    /// Distinct random strings of some pieces; the same in every run.
    static func random(_ count: Int, of pieces: [String] = hostilePieces, upTo length: Int = 7) -> [[UInt8]] {
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        var seen: Set<[UInt8]> = []
        var texts: [[UInt8]] = []
        while texts.count < count {
            var text: [UInt8] = []
            for _ in 0..<(1 + next(length)) { text += pieces[next(pieces.count)].utf8 }
            if seen.insert(text).inserted { texts.append(text) }
        }
        return texts
    }
}
