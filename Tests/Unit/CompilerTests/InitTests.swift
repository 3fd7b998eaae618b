import Foundation
import TestSupport
import Testing

/// `bayplan init` in a real folder.
struct InitTests {
    @Test("The starter is clean to the strictest check, compiles, and can be drawn", arguments: [false, true])
    func starter(_ hasDockerfile: Bool) throws {
        let folder = try ScratchFolder()
        if hasDockerfile { try folder.write("Dockerfile", "FROM scratch\nCOPY . /app\n") }
        let result = try Program.run(["init"], in: folder.url)
        #expect(result.status == 0 && result.output == "created strategy.yaml\n", "\(result.errors)")
        let text = String(decoding: try folder.read("strategy.yaml"), as: UTF8.self)
        #expect(text.contains("\n    build: .") == hasDockerfile)
        let checked = try Program.run(["validate", "--strict"], in: folder.url)
        #expect(checked.status == 0 && checked.output.isEmpty, "\(checked.output)\(checked.errors)")
        #expect(try Program.run(["compile"], in: folder.url).status == 0)
        #expect(try Program.run(["compile", "--check"], in: folder.url).status == 0)
        #expect(try Program.run(["map"], in: folder.url).status == 0)
    }

    @Test("Someone who has Compose files is told of import")
    func composeFiles() throws {
        for name in ["compose.yaml", "shop/docker-compose.yml"] {
            let folder = try ScratchFolder()
            try folder.write(name, "services: {}\n")
            let result = try Program.run(["init"], in: folder.url)
            #expect(result.status == 0 && result.output == "created strategy.yaml\n")
            #expect(result.errors == "bayplan: \(name) is there: `bayplan import` writes a manifest from such files\n")
        }
        let empty = try ScratchFolder()
        #expect(try Program.run(["init"], in: empty.url).errors.isEmpty)
    }

    /// Comments that are manifest without an empty comment before them.
    private static let examples = [
        "# ports", "# depends_on", "# api:", "# redis:", "# healthcheck:", "# environments:", "#   ",
    ]

    @Test("The starter's comments are a manifest too, once the signs are taken away", arguments: ["pulled", "built"])
    func comments(_ name: String) throws {
        let file = Golden.repository.appending(path: "Sources/Emission/Starter/\(name).yaml")
        let lines = try String(contentsOf: file, encoding: .utf8).split(
            separator: "\n", omittingEmptySubsequences: false)
        // An example in comments begins behind a line that ends in a colon, after an empty comment.
        var text = ""
        var isExample = false
        for line in lines {
            let bare = line.drop { $0 == " " }
            let indent = String(repeating: " ", count: line.count - bare.count)
            let beginsExample = Self.examples.contains { bare.hasPrefix($0) }
            if bare == "#" {
                isExample = true
            } else if bare.hasPrefix("# "), !bare.hasPrefix("#   bayplan"), isExample || beginsExample {
                text += indent + bare.dropFirst(2) + "\n"
            } else {
                isExample = false
                text += bare.hasPrefix("#") ? "" : line + "\n"
            }
        }
        #expect(text.contains("registry: registry.example.com") && text.contains("redis:7-alpine"))
        let folder = try ScratchFolder()
        try folder.write("Dockerfile", "FROM scratch\n")
        let result = try Program.run(["validate", "-"], in: folder.url, input: text)
        #expect(result.status == 0, "\(text)\(result.output)\(result.errors)")
    }

    @Test("Nothing is overwritten", arguments: ["strategy.yaml", "strategy.yml"])
    func refuses(_ name: String) throws {
        let folder = try ScratchFolder()
        try folder.write(name, "mine\n")
        let result = try Program.run(["init"], in: folder.url)
        #expect(result.status == 1 && result.errors.contains(name))
        #expect(try folder.read(name) == Array("mine\n".utf8))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == [name])
    }

    @Test("The hook is added once, to a workspace that is there too")
    func hook() throws {
        let checkout = try Checkout()
        try checkout.folder.write(".pre-commit-config.yaml", "repos:\n  - repo: x\n    hooks: [{ id: a }] # mine\n")
        let before = try checkout.folder.read("strategy.yaml")
        #expect(try checkout.bayplan("init", "--hook").status == 0)
        let text = String(decoding: try checkout.folder.read(".pre-commit-config.yaml"), as: UTF8.self)
        #expect(text.hasPrefix("repos:\n  - repo: x\n    hooks: [{ id: a }] # mine\n  - repo: local\n"))
        let again = try checkout.bayplan("init", "--hook")
        #expect(again.status == 0 && again.output == ".pre-commit-config.yaml has a hook of bayplan already\n")
        #expect(try checkout.folder.read(".pre-commit-config.yaml") == Array(text.utf8))
        #expect(try checkout.folder.read("strategy.yaml") == before)
        try checkout.folder.write(".pre-commit-config.yaml", "repos: []\n")
        let refused = try checkout.bayplan("init", "--hook")
        #expect(refused.status == 1 && refused.errors.contains("- id: bayplan"))
        try checkout.shell("rm .pre-commit-config.yaml; ln -s elsewhere .pre-commit-config.yaml")
        #expect(try checkout.bayplan("init", "--hook").status == 1)
        #expect(!FileManager.default.fileExists(atPath: checkout.path("elsewhere")))
    }

    @Test(
        "A hook that would fail, for projects in checkouts beside, is not written; the command that writes one is told")
    func hookOfSiblings() throws {
        for (deep, root) in [("ops", ".."), ("ops/deep", "../..")] {
            let folder = try ScratchFolder()
            for path in ["ops/.git/HEAD", "web/.git/HEAD", deep + "/text"] { try folder.write(path, "") }
            let up = deep == "ops" ? "../web" : "../../web"
            try folder.write(
                deep + "/strategy.yaml",
                "version: 1\nimages: {r: {pull: redis:7}}\nprojects: {web: {path: \(up), services: {s: {image: r}}}}\n")
            let place = folder.url.appending(path: deep)
            let refused = try Program.run(["init", "--hook"], in: place)
            #expect(refused.status == 1 && refused.output.isEmpty)
            #expect(refused.errors.contains("`bayplan init --hook --root \(root)`\n"), "\(refused.errors)")
            #expect(try Tool.run(["find", ".", "-name", ".pre-commit*"], in: folder.url).output.isEmpty)
            #expect(try Program.run(["init", "--hook", "--root", root], in: place).status == 0)
            let entry = String(decoding: try folder.read("ops/.pre-commit-config.yaml"), as: UTF8.self)
            let words = try #require(entry.split(separator: "\n").first { $0.contains("entry: ") })
            let command = words.split(separator: " ").dropFirst(2).map(String.init)
            #expect(try Program.run(["compile", "--root", root], in: place).status == 0)
            let checked = try Program.run(Array(command), in: folder.url.appending(path: "ops"))
            #expect(checked.status == 0, "\(command)\(checked.errors)")
        }
    }

    @Test("In a project's folder no second manifest is begun, and the first is named")
    func folderOfProject() throws {
        let folder = try ScratchFolder()
        try folder.write(
            "ops/strategy.yaml",
            "version: 1\nimages: {r: {pull: redis:7}}\nprojects: {web: {path: ../web, services: {s: {image: r}}}}\n")
        try folder.write("web/a.yml", "# Code generated by bayplan from ../nowhere.yaml; DO NOT EDIT.\n#\n")
        let ops = folder.url.appending(path: "ops")
        let web = folder.url.appending(path: "web")
        #expect(try Program.run(["compile", "--root", ".."], in: ops).status == 0)
        for words in [["compile"], ["validate"], ["order"]] {
            let result = try Program.run(words, in: web)
            #expect(result.status == 2 && !result.errors.contains("init"), "\(words)\(result.errors)")
            #expect(
                result.errors.contains("docker-compose.yml is written from ../ops/strategy.yaml"), "\(result.errors)")
        }
        for words in [["init"], ["init", "--hook"]] {
            let result = try Program.run(words, in: web)
            #expect(result.status == 1 && result.errors.contains("../ops/strategy.yaml"), "\(result.errors)")
        }
        #expect(try Tool.run(["ls", "-A"], in: web).output == "a.yml\nbayplan.lock\ndocker-compose.yml\n")
        // The command in the header writes what is missing, where the file lies.
        let text = String(decoding: try folder.read("web/docker-compose.yml"), as: UTF8.self)
        let line = try #require(text.split(separator: "\n").dropFirst().first)
        let command = try #require(line.components(separatedBy: "run in this folder: bayplan ").last)
        #expect(command == "compile --root .. ../ops/strategy.yaml")
        try FileManager.default.removeItem(at: ops.appending(path: "IMAGES.md"))
        #expect(try Program.run(command.split(separator: " ").map(String.init), in: web).status == 0)
        #expect(FileManager.default.fileExists(atPath: ops.appending(path: "IMAGES.md").path))
        // Whoever has deleted that manifest begins anew.
        try FileManager.default.removeItem(at: ops.appending(path: "strategy.yaml"))
        #expect(try Program.run(["init"], in: web).status == 0)
    }

    @Test("In a checkout merges are offered, and added where somebody asks for it")
    func merges() throws {
        let folder = try ScratchFolder()
        try folder.write(".git/HEAD", "ref: refs/heads/main\n")
        try folder.write("app/README", "")
        let place = folder.url.appending(path: "app")
        let offered = try Program.run(["init"], in: place)
        #expect(offered.status == 0 && offered.errors.contains("`bayplan init --git`"), "\(offered.errors)")
        #expect(try Tool.run(["ls", "-A"], in: place).output == "README\nstrategy.yaml\n")
        let added = try Program.run(["init", "--git", "--hook"], in: place)
        #expect(added.status == 0, "\(added.errors)")
        #expect(added.output == "created ../.pre-commit-config.yaml\ncreated .gitattributes\n")
        try folder.write("app/strategy.yaml", "version: 1\n")
        #expect(try Program.run(["init", "--git"], in: place).status == 1)
    }
}
