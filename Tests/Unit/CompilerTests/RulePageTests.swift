import Compiler
import Diagnostics
import Testing

/// `bayplan explain`: the pages of rules, for the terminal and for the documentation.
struct RulePageTests {
    private func told(_ rule: String, _ format: ExplainRun.Format, _ set: (inout Console) -> Void = { _ in }) throws
        -> String
    {
        let said = Said()
        var console = said.console
        set(&console)
        var run = ExplainRun(rule: rule)
        run.format = format
        #expect(try run.run(console) == .clean)
        #expect(said.errors.isEmpty)
        return said.output
    }

    /// Rules of what is on disk or in the files of an import: no manifest alone is an example of them.
    private static let withoutExample: Set<String> = [
        "BP012", "BP601", "BP602", "BP603", "BP604", "BP606", "BP608", "BP701", "BP702", "BP703", "BP704", "BP705",
    ]

    @Test("Both pages of a rule have the same parts, and what is wrong is found by it", arguments: Code.all)
    func page(_ code: Code) throws {
        let text = try told(code.label, .text)
        let markdown = try told(code.name, .markdown)
        #expect(text.hasPrefix("\(code.severity.word)[\(code.label)]: \(code.name)\n\n"))
        #expect(markdown.hasPrefix("# \(code.label): \(code.name)\n\n"))
        let off = code.isOff ? ", and off unless it is asked for" : ""
        #expect(markdown.contains("\n## Overview\n\nSeverity: \(code.severity.word)\(off).\n"))
        let titles = markdown.split(separator: "\n").filter { $0.hasPrefix("### ") }.map { String($0.dropFirst(4)) }
        var rest = text[...]
        for title in titles {
            let place = try #require(
                rest.firstRange(of: "\n\(title)\n"), "\(code.label) has no part \(title):\n\(text)")
            rest = rest[place.upperBound...]
        }
        #expect(titles.first == "Why it matters" && titles.last == "Levels and exceptions")
        #expect(titles.contains("Wrong") != Self.withoutExample.contains(code.label))
        guard titles.contains("Wrong") else { return }
        #expect(markdown.split(separator: "\n").count { $0.hasPrefix("```") }.isMultiple(of: 2))
        for page in [text, markdown] {
            let wrong = try #require(page.split(separator: "Wrong\n", maxSplits: 1).last)
            let found = try #require(wrong.firstRange(of: "[\(code.label)]: "), "\(code.label) finds nothing:\n\(page)")
            let right = try #require(page.firstRange(of: "Right\n"))
            #expect(found.lowerBound < right.lowerBound, "\(code.label) is found in what is right")
        }
    }

    private static let duplicate = """
        error[BP002]: duplicate-key

        A key that stands twice in one mapping.

        Why it matters
        YAML forbids it, and readers differ in which of the two they take.

        Wrong

            version: 1
            images:
              api:
                owner: shop
                build: .
                service: { healthcheck: { test: [CMD, "true"] } }
              cache:
                pull: redis:7-alpine
            projects:
              shop:
                services:
                  api:
                  cache:
                  api:

        error[BP002]: the key `api` stands twice in one mapping
          --> strategy.yaml:14:7
           |
        12 |       api:
           |       --- first here
        13 |       cache:
        14 |       api:
           |       ^^^ again here
           = why: readers of YAML disagree on which of the two counts
           = help: keep one of the two

        bayplan: 1 error in strategy.yaml

        Right

            version: 1
            images:
              api:
                owner: shop
                build: .
                service: { healthcheck: { test: [CMD, "true"] } }
              cache:
                pull: redis:7-alpine
            projects:
              shop:
                services:
                  api:
                  cache:

        Levels and exceptions
        An error that would make the output wrong: it can be neither silenced nor
        lowered.

        """

    @Test("A page to the letter, by each way to write its name", arguments: ["BP002", "bp002", "002", "DUPLICATE-KEY"])
    func letters(_ word: String) throws {
        #expect(try told(word, .text) == Self.duplicate)
    }

    @Test("A terminal gets its colours and its width")
    func terminal() throws {
        let colored = try told("BP002", .text) { $0.colorsOutput = true }
        #expect(colored.hasPrefix("\u{1B}[1merror[BP002]: duplicate-key\u{1B}[0m\n\nA key"), "\(colored.prefix(80))")
        #expect(colored.contains("\n\u{1B}[1mWhy it matters\u{1B}[0m\n"))
        #expect(try told("BP002", .markdown) { $0.colorsOutput = true }.contains("\u{1B}") == false)
        let narrow = try told("BP002", .text) { $0.width = 40 }
        #expect(narrow.contains("\nYAML forbids it, and readers differ in\nwhich of the two they take.\n"), "\(narrow)")
        #expect(try told("BP534", .text) { $0.width = 1000 } == told("BP534", .text) { $0.width = 100 })
    }

    @Test("The files of an example stand behind the manifest, and bytes that are no text are shown")
    func files() throws {
        #expect(try told("BP301", .text).contains("\n    # shop/app/Dockerfile\n    FROM scratch\n"))
        #expect(try told("BP301", .markdown).contains("\n```\n\n`shop/app/Dockerfile`:\n\n```\nFROM scratch\n```\n"))
        #expect(try told("BP008", .text).contains("\n        description: B\\xFCcher\n"))
        #expect(try told("BP008", .markdown).contains("\n    description: B\\xFCcher\n"))
    }
}
