import Foundation
import TestSupport
import SourceText
import Testing

/// Which manifests a command is about where none is named: the nearest one above, or all that git tracks.
struct ManifestSearchTests {
    private static let manifest =
        "version: 1\nimages: { a: { pull: \"r:1\" } }\nprojects: { p: { services: { a: } } }\n"
    private let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    /// The manifests that a command says something of, which each has a finding.
    private func found(_ words: String..., in place: String = ".") throws -> [String] {
        let result = try Program.run(
            ["validate", "--format", "concise"] + words, in: folder.url.appending(path: place))
        #expect(result.status == 1, "\(result.errors)")
        return result.output.split(separator: "\n").compactMap { $0.split(separator: ":").first.map(String.init) }
    }

    private func git(_ words: String...) throws {
        let result = try Tool.run(["git"] + words, in: folder.url, environment: ["GIT_CONFIG_GLOBAL": "/dev/null"])
        #expect(result.status == 0, "\(result.errors)")
    }

    @Test("The nearest manifest above counts, and of two in one folder neither")
    func nearest() throws {
        let bad = Self.manifest + "nonsense: 1\n"
        for name in ["strategy.yml", "a/bayplan.yaml", "a/strategy.yaml", "a/b/c/x"] { try folder.write(name, bad) }
        #expect(try found() == ["strategy.yml"])
        for place in ["a", "a/b/c"] {
            let both = try Program.run(["validate"], in: folder.url.appending(path: place))
            #expect(both.status == 2 && both.output.isEmpty)
            #expect(both.errors.contains("bayplan.yaml") && both.errors.contains("strategy.yaml"), "\(both.errors)")
        }
        try FileManager.default.removeItem(at: folder.url.appending(path: "a/bayplan.yaml"))
        #expect(try found(in: "a/b/c") == ["../../strategy.yaml"])
        // A folder of the name is none.
        try folder.write("a/bayplan.yml/x", "")
        #expect(try found(in: "a") == ["strategy.yaml"])
    }

    @Test("--all finds what git tracks here and below, and no other program's file of the name")
    func all() throws {
        let bad = Self.manifest + "nonsense: 1\n"
        try git("init", "-q")
        for name in ["strategy.yaml", "a/bayplan.yml", "a/b/strategy.yml", "untracked/strategy.yaml"] {
            try folder.write(name, bad)
        }
        try folder.write("other/strategy.yaml", "kind: Strategy\n")
        try folder.write("work/bayplan.yml", "on: push\njobs: {}\n")
        try folder.write("gone/strategy.yaml", bad)
        try FileManager.default.createSymbolicLink(
            atPath: folder.url.path + "/a/strategy.yaml", withDestinationPath: "../strategy.yaml")
        try git("add", "--", "strategy.yaml", "a", "other", "work", "gone")
        try FileManager.default.removeItem(at: folder.url.appending(path: "gone"))
        #expect(try found("--all") == ["a/b/strategy.yml", "a/bayplan.yml", "strategy.yaml"])
        #expect(try found("--all", in: "a") == ["b/strategy.yml", "bayplan.yml"])
        let none = try Program.run(["validate", "--all"], in: folder.url.appending(path: "other"))
        #expect(none.status == 2)
        #expect(none.errors.hasPrefix("bayplan: git tracks no manifest here or below: no bayplan.yaml, and no"))
    }

    @Test("--all outside a checkout says what it asks for")
    func noCheckout() throws {
        let result = try Program.run(["validate", "--all"], in: folder.url)
        #expect(result.status == 2)
        #expect(result.errors == "bayplan: --all asks git for the manifests, and this is no git checkout\n")
    }

    @Test("--skip-others passes over what is no manifest, and over nothing that cannot be read")
    func others() throws {
        try folder.write("strategy.yaml", Self.manifest + "nonsense: 1\n")
        try folder.write("other.yaml", "kind: Strategy\n")
        try folder.write("bayplan.yml", "on: push\n")
        let result = try Program.run(
            ["validate", "--format", "concise", "--skip-others", "strategy.yaml", "other.yaml", "bayplan.yml"],
            in: folder.url)
        #expect(result.output.split(separator: "\n").count == 1 && result.output.hasPrefix("strategy.yaml:"))
        for name in ["other.yaml", "bayplan.yml"] { #expect(result.errors.contains("\(name) is passed over")) }
        let missing = try Program.run(["validate", "--skip-others", "nosuch.yaml"], in: folder.url)
        #expect(missing.status == 2 && missing.errors.contains("cannot read nosuch.yaml"))
    }

    @Test(
        "An empty file of Bayplan's own name is a manifest to hooks as it is to an editor", arguments: ["", "# soon\n"])
    func emptyManifest(text: String) throws {
        try folder.write("bayplan.yaml", text)
        for words in [
            ["validate"], ["validate", "--skip-others", "--", "bayplan.yaml"], ["compile", "--check", "bayplan.yaml"],
        ] {
            let result = try Program.run(words + (words.count == 1 ? ["--format", "concise"] : []), in: folder.url)
            #expect(
                result.status == 1 && (result.output + result.errors).contains("this manifest is empty"), "\(words)")
        }
        #expect(ManifestFile.isJudged("bayplan.yaml", Array(text.utf8)))
    }

    @Test("Standard input of any length is read")
    func standardInput() throws {
        for length in [0, 65_535, 65_536, 65_537, 300_000] {
            let text = Self.manifest + "# " + String(repeating: "x", count: length) + "\nnonsense: 1\n"
            let result = try Program.run(["validate", "--format", "concise", "-"], in: folder.url, input: text)
            #expect(
                result.status == 1 && result.output.contains(":5:1:"), "\(length): \(result.output)\(result.errors)")
        }
    }
}
