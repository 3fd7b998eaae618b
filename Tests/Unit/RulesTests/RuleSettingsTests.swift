import Compiler
import Diagnostics
import Emission
import Rules
import SourceText
import Testing

/// What `rules` and the command line make of the rules.
struct RuleSettingsTests {
    private func found(_ rules: String, _ levels: [(rule: String, level: RuleLevel)] = []) -> [String] {
        let text = """
            version: 1
            rules: \(rules)
            images: { cache: { pull: "redis:edge" } }
            projects: { shop: { services: { cache: { cap_drop: [ALL] } } } }
            """
        var options = PipelineOptions(layout: Layout(folder: [], manifestName: "strategy.yaml"))
        options.check.levels = levels
        let source = SourceFile(path: "strategy.yaml", bytes: Array(text.utf8))
        return plan(source, options, looking: nil).diagnostics.sorted().map { "\($0.severity.word) \($0.code.name)" }
    }

    @Test("A group sets its rules, and what is said of one rule counts more, wherever it stands")
    func groups() {
        #expect(found("{}") == ["warning moving-tag"])
        let names = ["privileges-can-grow", "writable-root", "unbounded-processes", "unbounded-processors"]
        #expect(found("{hardening: error, moving-tag: off}") == names.map { "error " + $0 })
        #expect(
            found("{writable-root: info, moving-tag: off, hardening: warning, BP536: off}") == [
                "warning privileges-can-grow", "info writable-root", "warning unbounded-processes",
            ])
        #expect(found("{moving-tag: off}", [("hardening", .severity(.info)), ("BP533", .off)]).count == 3)
        #expect(found("{hardening: error, moving-tag: off}", [("hardening", .off)]) == [])
        #expect(
            found("{}", [("moving-tag", .off)]) == []
                && found("{}", [("moving-tag", .severity(.error))]) == ["error moving-tag"])
    }

    @Test("Where practice is not judged, what is wrong is told all the same")
    func practice() {
        let text = """
            version: 1
            images: { cache: { pull: "redis:edge" } }
            projects: { shop: { services: { cache: , gone: } } }
            """
        func found(_ judgesPractice: Bool) -> [String] {
            var options = PipelineOptions(layout: Layout(folder: [], manifestName: "strategy.yaml"))
            options.check.judgesPractice = judgesPractice
            let source = SourceFile(path: "strategy.yaml", bytes: Array(text.utf8))
            return plan(source, options, looking: nil).diagnostics.sorted().map { $0.code.name }
        }
        #expect(found(true) == ["moving-tag", "unknown-image"])
        #expect(found(false) == ["unknown-image"])
    }

    @Test("Options hold with a level and without one")
    func options() {
        #expect(found("{moving-tag: {tags: [blue]}}") == [])
        #expect(found("{moving-tag: {level: error, tags: [edge, blue]}}") == ["error moving-tag"])
        #expect(found("{BP516: {level: info}}") == ["info moving-tag"])
        #expect(found("{moving-tag: {tags: []}}") == [])
    }

    @Test("No format shows a secret that was found", arguments: OutputFormat.allCases)
    func secretsAreHidden(_ format: OutputFormat) throws {
        for name in ["bad-values", "bad-environment", "bad-environment-build"] {
            let found = try RuleFixture.diagnostics(of: "BP504-literal-secret/\(name).yaml")
            #expect(found.count > 0)
            let text = String(decoding: render(found, as: format, options: RenderingOptions(width: 80)), as: UTF8.self)
            for secret in ["s3cr3t", "hunter2", "2BCDEFGH", "1234567890", "abcdefghij", "MIIE", "eyJzdWI"] {
                #expect(!text.contains(secret), "\(secret) in \(format) of \(name)")
            }
        }
    }

    @Test("A rule has an option exactly if the key table has it")
    func optionsAreKeys() {
        #expect(Set(Registry.rules.flatMap { $0.options }) == ["tags", "registries", "paths"])
        for group in RuleGroup.all {
            #expect(Code.named(group.name) == nil && !group.codes.isEmpty && group.codes.allSatisfy(\.isOff))
        }
    }
}
