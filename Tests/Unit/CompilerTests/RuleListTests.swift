import Compiler
import Diagnostics
import Testing

/// `bayplan explain`: the list of rules, their groups, and words that are no rule's.
struct RuleListTests {
    private func told(_ rule: String?, _ format: ExplainRun.Format) throws -> String {
        let said = Said()
        var run = ExplainRun(rule: rule)
        run.format = format
        #expect(try run.run(said.console) == .clean)
        #expect(said.errors.isEmpty)
        return said.output
    }

    private func failure(_ rule: String) -> String {
        let said = Said()
        do {
            _ = try ExplainRun(rule: rule).run(said.console)
            return "no failure: \(said.output)"
        } catch {
            return error.message
        }
    }

    @Test("The list has each rule once, below the title of its block")
    func list() throws {
        let lines = try told(nil, .text).split(separator: "\n", omittingEmptySubsequences: false)
        let rules = lines.filter { $0.hasPrefix("  ") }
        #expect(rules.map { String($0.dropFirst(2).prefix(5)) } == Code.all.map(\.label))
        #expect(rules.contains("  BP004  wrong-type                   error    --fix"))
        #expect(rules.contains("  BP533  writable-root                off"))
        #expect(!lines.contains { $0.last == " " })
        #expect(
            lines.filter { !$0.isEmpty && !$0.hasPrefix("  ") } == [
                "The file", "Names", "References and Compose", "Builds", "One host", "Practice", "Artifacts", "Import",
            ])
        let markdown = try told(nil, .markdown)
        #expect(markdown.contains("\n### Names\n\n- <doc:BP101>\n"), "\(markdown)")
        #expect(markdown.split(separator: "\n").filter { $0.hasPrefix("- <doc:") }.count == Code.all.count)
    }

    @Test("A group says what its rules are and how they are turned on")
    func group() throws {
        let page = try told("Hardening", .text)
        #expect(
            page.hasPrefix("hardening: rules for containers that can do no more than they need\n\nBP531 privileges"))
        #expect(
            page.contains(
                "\nBP533 writable-root: Services without `read_only: true`; part of the group\n`hardening`.\n"))
        #expect(page.hasSuffix("for one of them counts more; for one run, `--rule hardening=warning` does.\n"))
        #expect(try told("hardening", .markdown) == page)
    }

    @Test(
        "No rule of a name: the nearest one, or where all are",
        arguments: [
            ("unknown-imag", "there is no rule `unknown-imag`; did you mean `unknown-image`?"),
            ("hardenin", "there is no rule `hardenin`; did you mean `hardening`?"),
            ("docker", "there is no rule `docker`; `bayplan explain --list` lists them"),
            ("a\u{1B}b", "there is no rule `a\u{241B}b`; `bayplan explain --list` lists them"),
        ])
    func unknown(_ word: String, _ message: String) { #expect(failure(word) == message) }
}
