import Foundation
import TestSupport
import Testing

/// What git makes of locks and artifacts that two branches changed.
struct LockMergesTests: LockSuite {
    let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    @Test("init --git adds what git needs, once, and leaves what is there")
    func attributes() throws {
        try twoRepositories()
        try folder.write("strategy/.gitattributes", "* text=auto\n/edge/docker-compose.yml -merge")
        let words = ["init", "--git", "--root", ".."]
        let first = try Program.run(words, in: folder.url.appending(path: "strategy"))
        #expect(
            first.status == 0 && first.output == "created ../shop/.gitattributes\nupdated .gitattributes\n",
            "\(first.errors)")
        #expect(try text("shop/.gitattributes") == "/bayplan.lock merge=union\n/docker-compose.yml -merge\n")
        let home = try text("strategy/.gitattributes")
        #expect(
            home == "* text=auto\n/edge/docker-compose.yml -merge\n/bayplan.lock merge=union\n/IMAGES.md -merge\n",
            "\(home)")
        let second = try Program.run(words, in: folder.url.appending(path: "strategy"))
        #expect(second.status == 0 && second.output.contains("has these lines already"))
        #expect(try text("strategy/.gitattributes") == home)
        #expect(try text("strategy/strategy.yaml").hasPrefix("version: 1"))
    }

    @Test(
        "Git reads the patterns as they are meant",
        arguments: ["a b", "a\\\\b[c]", "*", "q\\\"uote", "#x", "!x", "é", "[a]?"])
    func patterns(_ name: String) throws {
        let isRefused = name.contains("\\\\")
        try folder.write(
            "strategy.yaml",
            Self.pulled
                + "projects: {p: {path: \"\(name)\", services: {a: }}}\noutputs: {scripts: false, bake: false, document: false}\n"
        )
        let result = try Program.run(["init", "--git"], in: folder.url)
        #expect(result.status == (isRefused ? 1 : 0), "\(result.errors)")
        if isRefused { return }
        let plain = name.replacing("\\", with: "")
        try shell(
            "git init -q .; git -c core.quotepath=off check-attr merge -- '\(plain)/docker-compose.yml' 'x/docker-compose.yml' >out"
        )
        let found = try text("out").split(separator: "\n")
        let lines = try text(".gitattributes")
        #expect(found.first?.hasSuffix(": merge: unset") == true, "\(found) \(lines)")
        #expect(found.last?.hasSuffix(": merge: unspecified") == true, "\(found)")
    }

    @Test("A conflict in an artifact is resolved by the command that the finding prints")
    func conflict() throws {
        try writeManifest(outputs: "scripts: false")
        #expect(try compile().status == 0)
        let git = "git -c user.name=Test -c user.email=test@example.com"
        try shell("git init -q -b main . && \(git) add -A && \(git) commit -qm base")
        for (branch, version) in [("one", "8"), ("two", "9")] {
            try shell("git checkout -q -b \(branch) main && sed -i 's/redis:7/redis:\(version)/' strategy.yaml")
            #expect(try compile().status == 0)
            try shell("\(git) commit -qam \(branch)")
        }
        try shell("\(git) merge one")
        try writeManifest(outputs: "scripts: false")
        let refused = try compile()
        #expect(refused.status == 1, "\(refused.output)")
        let flat = refused.errors.replacing(/\n +/, with: " ")
        #expect(flat.contains("run `git checkout --ours -- p/docker-compose.yml && bayplan compile"), "\(flat)")
        #expect(
            flat.contains("all at once: git checkout --ours -- p/docker-compose.yml IMAGES.md && bayplan compile"),
            "\(flat)")
        try shell("git checkout --ours -- p/docker-compose.yml IMAGES.md")
        #expect(try compile().status == 0)
        #expect(try compile("--check").status == 0)
        #expect(try !text("bayplan.lock").contains("<<<<"))
    }
}
