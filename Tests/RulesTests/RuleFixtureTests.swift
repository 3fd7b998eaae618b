import Diagnostics
import Foundation
import Testing

struct RuleFixtureTests {
    /// Codes that no manifest's text alone brings about: they speak of files on disk.
    private let codesOfFiles: Set<Code> = [
        .fileNotFound, .outOfDate, .editedByHand, .notOurs, .leftOver, .missingArtifact,
    ]
    /// Codes that are named but that no rule reports yet.
    private let codesWithoutRule: Set<Code> = [.otherComposeRule]

    @Test("A good manifest gives no diagnostic", arguments: try RuleFixture.manifests("good"))
    func good(_ manifest: String) throws {
        let found = try RuleFixture.diagnostics(of: manifest)
        #expect(found.isEmpty, "\(RuleFixture.rendering(of: found))")
    }

    @Test("A bad manifest gives what its golden says", arguments: try RuleFixture.manifests("bad"))
    func bad(_ manifest: String) throws {
        let found = try RuleFixture.diagnostics(of: manifest)
        let label = manifest.prefix("BP000".count)
        #expect(found.contains { $0.code.label == label }, "no \(label) among \(found.map(\.code.label))")
        #expect(found.allSatisfy { $0.code.label == label }, "another code than \(label): \(found.map(\.code.label))")
        let text = RuleFixture.rendering(of: found)
        let golden = RuleFixture.golden(of: manifest)
        if RuleFixture.isRecording {
            try Data(text.utf8).write(to: golden)
            Issue.record("recorded \(golden.lastPathComponent): read it, then run without BAYPLAN_RECORD")
            return
        }
        #expect(text == String(decoding: try Data(contentsOf: golden), as: UTF8.self))
    }

    @Test("Every code has a folder with a good and a bad manifest", arguments: Code.all)
    func everyCodeHasFixtures(_ code: Code) throws {
        if codesOfFiles.contains(code) || codesWithoutRule.contains(code) { return }
        let name = code.label + "-" + code.name
        #expect(try RuleFixture.folders.contains(name))
        #expect(try !RuleFixture.manifests("good", in: name).isEmpty, "\(name) has no good-*.yaml")
        #expect(try !RuleFixture.manifests("bad", in: name).isEmpty, "\(name) has no bad-*.yaml")
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
