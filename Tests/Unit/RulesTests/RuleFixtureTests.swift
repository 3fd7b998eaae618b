import Diagnostics
import Foundation
import SourceText
import TestSupport
import Testing

struct RuleFixtureTests {
    /// Codes that no manifest's text alone brings about: they speak of files on disk.
    private let codesOfFiles: Set<Code> = [
        .fileNotFound, .outOfDate, .editedByHand, .notOurs, .leftOver, .missingArtifact, .artifactShadowed,
        .notCarried,
        .variableResolved, .fileNotFollowed, .changedByImport, .projectsCollide,
    ]
    /// Codes of files in which no comment can be found, because they cannot be read to their end.
    private let codesOfUnreadableFiles: Set<Code> = [.yamlSyntax, .limitExceeded, .notUTF8, .severalDocuments]

    @Test("A good manifest gives no diagnostic", arguments: try RuleFixture.manifests("good"))
    func good(_ manifest: String) throws {
        let found = try RuleFixture.diagnostics(of: manifest)
        let text = found.isEmpty ? "" : RuleFixture.rendering(of: found)
        #expect(text == "")
    }

    @Test("A bad manifest gives what its golden says", arguments: try RuleFixture.manifests("bad"))
    func bad(_ manifest: String) throws {
        let found = try RuleFixture.diagnostics(of: manifest)
        let label = manifest.prefix("BP000".count)
        #expect(found.contains { $0.code.label == label }, "no \(label) among \(found.map(\.code.label))")
        #expect(found.allSatisfy { $0.code.label == label }, "another code than \(label): \(found.map(\.code.label))")
        try Golden.expect(RuleFixture.rendering(of: found), at: RuleFixture.golden(of: manifest))
    }

    @Test("Every code has a folder with a good and a bad manifest", arguments: Code.all)
    func everyCodeHasFixtures(_ code: Code) throws {
        if codesOfFiles.contains(code) { return }
        let name = code.label + "-" + code.name
        try #require(try RuleFixture.folders.contains(name), "there is no folder \(name)")
        // The examples are what `bayplan explain` shows.
        #expect(try RuleFixture.manifests("good", in: name).contains("\(name)/good-example.yaml"))
        #expect(try RuleFixture.manifests("bad", in: name).contains("\(name)/bad-example.yaml"))
        #expect(
            try RuleFixture.manifests("suppressed", in: name).isEmpty == !code.canBeSilenced
                || code == .uselessSuppression,
            "a finding that can be silenced is silenced in suppressed-example.yaml")
    }

    @Test("A comment with a reason silences what may be silenced", arguments: try RuleFixture.manifests("suppressed"))
    func suppressed(_ manifest: String) throws {
        let found = try RuleFixture.diagnostics(of: manifest)
        #expect(found.isEmpty, "\(RuleFixture.rendering(of: found))")
        let text = String(decoding: try RuleFixture.source(manifest).bytes, as: UTF8.self)
        let bare = text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.replacing(/# bayplan: allow.*/, with: "") }.joined(separator: "\n")
        let without = RuleFixture.findings(
            in: bare,
            projects: RuleFixture.projects(of: manifest))
        #expect(!without.isEmpty, "nothing would be found without the comments")
    }

    @Test("A comment silences no error that would make the output wrong", arguments: try RuleFixture.manifests("bad"))
    func errorsCannotBeSuppressed(_ manifest: String) throws {
        let before = try RuleFixture.diagnostics(of: manifest)
        guard let first = before.first, !first.canBeSilenced, !codesOfUnreadableFiles.contains(first.code) else {
            return
        }
        let code = first.code
        let source = try RuleFixture.source(manifest)
        // A file without a value has nothing that a comment could be about.
        if manifest.hasSuffix("bad-empty.yaml") { return }
        let lines = LineTable(source)
        let faulty = Set(before.map { lines.lineIndex(of: $0.primary.location.span.start) })
        let text = String(decoding: source.bytes, as: UTF8.self).split(
            separator: "\n", omittingEmptySubsequences: false)
        let commented = text.enumerated().map { index, line in
            faulty.contains(index)
                ? line.prefix { $0 == " " } + "# bayplan: allow(\(code.name)) because\n" + line : Substring(line)
        }
        let after = RuleFixture.findings(
            in: commented.joined(separator: "\n"),
            projects: RuleFixture.projects(of: manifest))
        #expect(after.count { $0.code == code } == before.count { $0.code == code })
        #expect(after.count { $0.code == .uselessSuppression } == faulty.count)
    }

    @Test("No folder, and no golden, belongs to nothing")
    func nothingIsLeftOver() throws {
        let known = Set(Code.all.map { $0.label + "-" + $0.name })
        for folder in try RuleFixture.folders {
            #expect(known.contains(folder), "\(folder) is the folder of no code")
            let files = try FileManager.default.contentsOfDirectory(
                atPath: RuleFixture.folder.appending(path: folder).path)
            for file in files where file.hasSuffix(".diagnostics") {
                #expect(
                    files.contains(file.replacing(".diagnostics", with: ".yaml")), "\(folder)/\(file) has no manifest")
            }
        }
    }
}
