import Foundation
import TestSupport
import Testing

/// What `bayplan init` cannot add to, and says so.
struct InitRefusalTests {
    /// The file that each flag adds to.
    private static let files = ["--hook": ".pre-commit-config.yaml", "--git": ".gitattributes"]

    @Test("What is no file is not added to", arguments: files.keys.sorted(), ["a folder", "a symbolic link"])
    func noFile(_ flag: String, _ kind: String) throws {
        let checkout = try Checkout()
        let name = try #require(Self.files[flag])
        if kind == "a folder" {
            try checkout.folder.write(name + "/x", "")
        } else {
            try FileManager.default.createSymbolicLink(atPath: checkout.path(name), withDestinationPath: "x")
        }
        let before = try checkout.state()
        let result = try checkout.bayplan("init", flag)
        #expect(result.status == 1 && result.output.isEmpty)
        #expect(result.errors == "bayplan: cannot add to \(name): it is \(kind)\n")
        #expect(try checkout.state() == before)
    }

    @Test("Lines for a folder that is a file are told, and the other folders get theirs")
    func unreachable() throws {
        let folder = try ScratchFolder()
        try folder.write(
            "ops/strategy.yaml",
            "version: 1\nimages: {a: {pull: \"redis:7\"}}\nprojects: {shop: {path: ../shop, services: {a: }}}\n")
        try folder.write("shop", "mine\n")
        let result = try Program.run(["init", "--git", "--root", ".."], in: folder.url.appending(path: "ops"))
        #expect(result.status == 1 && result.output == "created .gitattributes\n", "\(result.output)")
        #expect(result.errors == "bayplan: cannot add to ../shop/.gitattributes: ../shop is a file\n")
        #expect(try folder.read("shop") == Array("mine\n".utf8))
    }

    @Test("A hook that cannot be added is shown, and what git needs is added all the same")
    func impossible() throws {
        let checkout = try Checkout()
        try checkout.folder.write(".pre-commit-config.yaml", "repos: 3\n")
        let result = try checkout.bayplan("init", "--hook", "--git")
        #expect(result.status == 1 && result.output == "created .gitattributes\n")
        #expect(
            result.errors == """
                bayplan: cannot add to .pre-commit-config.yaml: its `repos` is no list with a line for each entry; add this to its `repos` yourself:

                  - repo: local
                    hooks:
                      - id: bayplan
                        name: Compose files match the manifest
                        entry: bayplan compile --check
                        language: system
                        pass_filenames: false
                        always_run: true


                """)
        #expect(try checkout.folder.read(".pre-commit-config.yaml") == Array("repos: 3\n".utf8))
    }

    @Test("A manifest with errors gets no lines for git, and is told")
    func errors() throws {
        let folder = try ScratchFolder()
        try folder.write("strategy.yaml", "version: [1\n")
        let result = try Program.run(["init", "--git"], in: folder.url)
        #expect(result.status == 1 && result.output.isEmpty)
        #expect(result.errors.hasSuffix("bayplan: 1 error in strategy.yaml\n"), "\(result.errors)")
        #expect(!FileManager.default.fileExists(atPath: folder.url.appending(path: ".gitattributes").path))
    }
}
