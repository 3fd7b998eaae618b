import Diagnostics
import Rules
import SourceText

/// The page of one code: for the terminal and, as Markdown, for the documentation.
struct RulePage {
    let explanation: Explanation
    let examples: Examples?

    init(_ explanation: Explanation) {
        self.explanation = explanation
        examples = Examples(of: explanation.code)
    }

    private var code: Code { explanation.code }

    /// The paragraphs behind the examples: what can be changed and what is repaired.
    private var closing: [(title: String, text: String)] {
        var parts: [(String, String)] = []
        if let fixDescription = explanation.fixDescription {
            parts.append(("What `validate --fix` does", fixDescription))
        }
        if let configuring = explanation.configuring { parts.append(("How to configure it", configuring)) }
        parts.append(("Levels and exceptions", explanation.levels))
        return parts
    }

    func text(_ console: Console) -> String {
        let width = min(console.width ?? 80, 100)
        func heading(_ text: String) -> String {
            console.colorsOutput ? "\u{1B}[1m\(text)\u{1B}[0m\n" : text + "\n"
        }
        func prose(_ text: String) -> String { wrapped(text, width: width) }
        func listing(_ bytes: [UInt8]) -> String {
            visibleLines(bytes).map { $0.isEmpty ? "\n" : "    \($0)\n" }.joined()
        }
        func listings(_ example: Examples.Example) -> String {
            listing(example.manifest)
                + example.files.map { "\n    # \(visible($0.path))\n" + listing($0.bytes) }.joined()
        }
        var text = heading("\(code.severity.word)[\(code.label)]: \(code.name)")
        text += "\n" + prose(explanation.summary) + "\n" + heading("Why it matters") + prose(explanation.rationale)
        if let examples {
            text += "\n" + heading("Wrong") + "\n" + listings(examples.bad) + "\n"
            text += Self.rendering(of: examples.bad, console: console)
            text += "\n" + heading("Right") + "\n" + listings(examples.good)
        }
        for part in closing { text += "\n" + heading(part.title) + prose(part.text) }
        return text
    }

    var markdown: String {
        var text = "# \(code.label): \(code.name)\n\n\(explanation.summary)\n"
        text +=
            "\n## Overview\n\nSeverity: \(code.severity.word)\(code.isOff ? ", and off unless it is asked for" : "").\n"
        text += "\n### Why it matters\n\n\(explanation.rationale)\n"
        if let examples {
            let console = Console(output: { _ in }, error: { _ in })
            let shown = Self.rendering(of: examples.bad, console: console)
            text += "\n### Wrong\n" + blocks(examples.bad)
            text += "\n```\n\(shown)```\n"
            text += "\n### Right\n" + blocks(examples.good)
        }
        for part in closing { text += "\n### \(part.title)\n\n\(part.text)\n" }
        return text
    }

    /// The files of an example as fenced blocks.
    private func blocks(_ example: Examples.Example) -> String {
        func block(_ language: String, _ bytes: [UInt8]) -> String {
            "\n```\(language)\n\(visibleLines(bytes).joined(separator: "\n"))\n```\n"
        }
        return block("yaml", example.manifest)
            + example.files.map { "\n`\($0.path)`:\n" + block("", $0.bytes) }.joined()
    }

    /// An example line by line, with every byte shown that is no text.
    private func visibleLines(_ bytes: [UInt8]) -> [String] {
        let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map { line in
            String(validating: line, as: UTF8.self).map(visible) ?? line.map(Self.character).joined()
        }
        return lines.last == "" ? lines.dropLast() : lines
    }

    private static func character(_ byte: UInt8) -> String {
        if byte >= 0x20, byte < 0x7F { return String(UnicodeScalar(byte)) }
        return "\\x" + String(byte, radix: 16, uppercase: true)
    }
}

/// All codes, a line each.
enum RuleList {
    /// The blocks of the codes, as the documentation groups them.
    private static let blocks = [
        (0, "The file"), (1, "Names"), (2, "References and Compose"), (3, "Builds"), (4, "One host"), (5, "Practice"),
        (6, "Artifacts"), (7, "Import"),
    ]

    private static func explanations(inBlock block: Int) -> [Explanation] {
        Explanation.all.filter { Int($0.code.number) / 100 == block }
    }

    static func text(width: Int) -> String {
        let longest = Code.all.map(\.name.utf8.count).max() ?? 0
        return blocks.map { block, title in
            title + "\n"
                + explanations(inBlock: block).map { explanation in
                    let code = explanation.code
                    let name = code.name + blanks(longest - code.name.utf8.count)
                    let word = code.isOff ? "off" : code.severity.word
                    let severity = word + blanks(7 - word.utf8.count)
                    let fix = explanation.fixDescription == nil ? "" : "  --fix"
                    return "  \(code.label)  \(name)  \(severity)\(fix)".trimmedEnd + "\n"
                }.joined()
        }.joined(separator: "\n")
    }

    static var markdown: String {
        var text =
            "# Rules\n\nEvery finding has a code and a name; `bayplan explain` prints these pages.\n\n## Topics\n"
        for (block, title) in blocks {
            let explanations = explanations(inBlock: block)
            if explanations.isEmpty { continue }
            text += "\n### \(title)\n\n" + explanations.map { "- <doc:\($0.code.label)>\n" }.joined()
        }
        return text
    }
}

/// The page of a group of rules.
enum GroupPage {
    static func text(_ group: RuleGroup) -> String {
        "\(group.name): rules for \(group.meaning)\n\n"
            + group.codes.map { code in
                let summary = Explanation.all.first { $0.code == code }?.summary ?? ""
                return wrapped("\(code.label) \(code.name): \(summary)", width: 80)
            }.joined()
            + "\n"
            + wrapped(
                "They are off. `rules: {\(group.name): warning}` turns all of them on, and an entry for one of them counts "
                    + "more; for one run, `--rule \(group.name)=warning` does.", width: 80)
    }
}

extension String {
    /// The text without the spaces at its end.
    fileprivate var trimmedEnd: String {
        var text = self
        while text.last == " " { text.removeLast() }
        return text
    }
}
