import Compiler
import Diagnostics
import Foundation
import Rules
import SourceText
import TestSupport
import Testing

/// What `validate --fix` makes of the bad manifests: `bad-example.fixed` beside `bad-example.yaml`.
struct FixFixtureTests {
    @Test(
        "A manifest whose findings have safe fixes becomes what stands beside it",
        arguments: try RuleFixture.manifests("bad"))
    func fixed(_ manifest: String) throws {
        let source = try RuleFixture.source(manifest)
        let before = RuleFixture.findings(in: source, projects: RuleFixture.projects(of: manifest))
        let fixed = try FixedManifest(source) {
            RuleFixture.findings(in: $0, projects: RuleFixture.projects(of: manifest))
        }
        let golden = RuleFixture.fixedGolden(of: manifest)
        guard before.contains(where: { $0.fix?.applicability == .safe }) else {
            #expect(fixed.fixed.isEmpty)
            #expect(fixed.source.bytes == source.bytes)
            try Golden.expect(nil, at: golden)
            return
        }
        try Golden.expect(String(decoding: fixed.source.bytes, as: UTF8.self), at: golden)
        // Nothing safe is left, and nothing graver came of it than was there.
        #expect(!fixed.remaining.contains { $0.fix?.applicability == .safe })
        #expect(
            fixed.remaining.count(where: { $0.severity == .error }) < max(1, before.count { $0.severity == .error }))
        let again = try FixedManifest(fixed.source) {
            RuleFixture.findings(in: $0, projects: RuleFixture.projects(of: manifest))
        }
        #expect(again.fixed.isEmpty)
    }

    @Test("A code says what is repaired exactly when a fixture shows it", arguments: Explanation.all.map(\.code))
    func repairsAreShown(_ code: Code) throws {
        let explanation = try #require(Explanation.all.first { $0.code == code })
        let isShown = try RuleFixture.manifests("bad").contains { manifest in
            guard manifest.hasPrefix(code.label) else { return false }
            return try RuleFixture.diagnostics(of: manifest).contains {
                $0.code == code && $0.fix?.applicability == .safe
            }
        }
        #expect(isShown == (explanation.fixDescription != nil), "\(code.label) \(code.name)")
    }

    @Test("Edits of a fix ascend, lie inside the file and do not meet", arguments: try RuleFixture.manifests("bad"))
    func editsAreInOrder(_ manifest: String) throws {
        let source = try RuleFixture.source(manifest)
        for diagnostic in RuleFixture.findings(in: source, projects: RuleFixture.projects(of: manifest)) {
            var end: UInt32 = 0
            for edit in diagnostic.fix?.edits ?? [] {
                #expect(edit.span.start >= end)
                end = edit.span.end
            }
            #expect(Int(end) <= source.bytes.count)
        }
    }

    @Test("A suggestion, once made, removes its finding", arguments: try RuleFixture.manifests("bad"))
    func suggestionsHelp(_ manifest: String) throws {
        let source = try RuleFixture.source(manifest)
        let before = RuleFixture.findings(in: source, projects: RuleFixture.projects(of: manifest))
        for diagnostic in before {
            guard let fix = diagnostic.fix, fix.applicability == .suggestion else { continue }
            let safe = Diagnostic(
                diagnostic.code, "", at: diagnostic.primary, fix: Fix(title: fix.title, edits: fix.edits))
            let after = RuleFixture.findings(
                in: SourceFile(path: source.path, bytes: FixSelection([safe]).applied(to: source.bytes)),
                projects: RuleFixture.projects(of: manifest))
            #expect(
                !after.contains { $0.code == diagnostic.code && $0.message == diagnostic.message },
                "\(fix.title) leaves \(after.map(\.message))")
        }
    }
}
