import Diagnostics
import SourceText
import Testing

/// No text of a user's reaches the terminal as a control, nor a log as a command.
@Suite struct HostileTextTests {
    static let fragments = [
        "\u{1B}[2J", "\u{1B}]0;title\u{7}", "\r", "\n", "\r\n", "\u{0}", "\u{8}", "\u{7F}", "\u{9B}31m", "\u{85}",
        "\u{202E}", "\u{2066}", "\u{2029}", "\u{200F}", "\u{FEFF}", "\u{E0041}", "\u{FFFF}", "::error::",
        "::add-mask::x",
        "  ::warning file=a::b", "\n::error::", "##[error]x", "##", "[error]", "###[group]", "%0A", "%", ",", ":", "`",
        "\"", "\\", "<a>",
        "&amp;", "&no;", "]]>", "[a](b)", "{0}", "word", " ", "名前", "e\u{301}",
    ]

    static func hostile(_ random: inout SeededGenerator) -> String {
        (0..<Int.random(in: 1...12, using: &random)).map { _ in fragments.randomElement(using: &random) ?? "" }.joined()
    }

    static func diagnostic(_ random: inout SeededGenerator) -> Diagnostic {
        let file = SourceFile(path: hostile(&random), bytes: Array(hostile(&random).utf8) + [0xFF, 0x9B])
        func label() -> Diagnostic.Label {
            let start = UInt32.random(in: 0...UInt32(file.bytes.count), using: &random)
            let end = UInt32.random(in: start...UInt32(file.bytes.count), using: &random)
            return Diagnostic.Label(Location(file, Span(start, end)), hostile(&random))
        }
        let half = UInt32(file.bytes.count / 2)
        return Diagnostic(
            .wrongType, hostile(&random), at: label(), also: [label(), label()], why: hostile(&random),
            help: [hostile(&random)],
            fix: Fix(title: hostile(&random), edits: [Fix.Edit(Span(half / 2, half), hostile(&random))])
        ).with(Severity.allCases.randomElement(using: &random) ?? .error)
    }

    @Test(arguments: OutputFormat.allCases)
    func nothingSteersTheTerminal(_ format: OutputFormat) {
        var random = SystemRandomNumberGenerator.seeded(7)
        for round in 0..<150 {
            let diagnostics = (0..<3).map { _ in Self.diagnostic(&random) }
            let options = RenderingOptions(width: [nil, 24, 40, 80][round % 4])
            let bytes = render(diagnostics, as: format, options: options)
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(Array(text.utf8) == bytes, "valid UTF-8")
            for scalar in text.unicodeScalars where scalar != "\n" {
                let steers =
                    scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
                    || [.format, .lineSeparator, .paragraphSeparator].contains(scalar.properties.generalCategory)
                if steers { Issue.record("U+\(String(scalar.value, radix: 16)) in \(format)") }
            }
        }
    }

    @Test(arguments: OutputFormat.allCases)
    func nothingStartsACommand(_ format: OutputFormat) {
        var random = SystemRandomNumberGenerator.seeded(11)
        for round in 0..<300 {
            let diagnostics = (0..<3).map { _ in Self.diagnostic(&random) }
            let text = rendered(diagnostics, format, RenderingOptions(width: [nil, 24, 40, 80][round % 4]))
            var commands = 0
            for line in text.split(whereSeparator: \.isNewline) {
                // The runner looks for the old form anywhere, for the new one behind white space.
                #expect(!line.contains("##["), "\(line)")
                let isCommand = line.drop(while: \.isWhitespace).hasPrefix("::")
                guard isCommand else { continue }
                commands += 1
                #expect(["::error file=", "::warning file=", "::notice file="].contains { line.hasPrefix($0) })
            }
            #expect(commands == (format == .github ? diagnostics.count : 0), "\(text)")
        }
    }

    @Test func conciseIsALineEach() {
        var random = SystemRandomNumberGenerator.seeded(13)
        let diagnostics = (0..<500).map { _ in Self.diagnostic(&random) }
        #expect(rendered(diagnostics, .concise).split(separator: "\n").count == 500)
    }

    @Test func visibleText() {
        #expect(visible("plain `text` [1] #[2]") == "plain `text` [1] #[2]")
        #expect(visible("\u{1B}[0m\u{0}\t") == "␛[0m␀␉")
        #expect(visible("\u{202E}\u{9B}\u{FEFF}\u{AD}") == "\\u{202e}\\u{9b}\\u{feff}\\u{ad}")
        #expect(visible("##[error]") == "##\\u{5b}error]")
        #expect(visible("名前 é 😀") == "名前 é 😀")
    }
}
