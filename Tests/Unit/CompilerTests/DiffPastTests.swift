import Compiler
import Foundation
import TestSupport
import Testing

/// `bayplan diff`: the manifest of the past, where there is one, and of another file.
struct DiffPastTests {
    private static let manifest = """
        version: 1
        images: {a: {pull: "redis:7"}}
        projects: {p: {services: {a: }}}

        """
    private static let broken = "version: [1\n"

    /// What a newer image comes to.
    private static let newer = """
        images
          ~ a: it is pulled, and its containers are recreated
              was redis:7, and is redis:8

        p (development)
          ~ a: is recreated: image
              runs redis:8 in the place of redis:7

        1 container is recreated (p)

        """

    private func told(_ desk: Desk, _ set: (inout DiffRun) -> Void = { _ in }) -> Desk.Told {
        var run = DiffRun(session: desk.session())
        set(&run)
        return desk.told(run.run)
    }

    @Test(
        "The former manifest may have had another of its names",
        arguments: ["strategy.yaml", "strategy.yml", "bayplan.yaml"])
    func names(_ name: String) throws {
        let desk = try Desk(Self.manifest)
        try desk.remove("strategy.yaml")
        try desk.folder.write(name, Self.manifest)
        try desk.commit()
        try desk.remove(name)
        try desk.folder.write("strategy.yaml", Self.manifest.replacing("redis:7", with: "redis:8"))
        #expect(told(desk) == Desk.Told(.clean, Self.newer, ""))
    }

    @Test("Another manifest is compared with, and needs no git")
    func other() throws {
        let desk = try Desk(Self.manifest.replacing("redis:7", with: "redis:8"))
        try desk.folder.write("other.yaml", Self.manifest)
        let result = told(desk) {
            $0.other = desk.path("other.yaml")
            $0.failsOnChange = true
        }
        #expect(result == Desk.Told(.findings, Self.newer, ""))
        #expect(told(desk) { $0.other = desk.path("strategy.yaml") } == Desk.Told(.clean, "nothing changes\n", ""))
    }

    @Test("Since a branch: from where it and HEAD parted")
    func since() throws {
        let desk = try Desk(Self.manifest)
        try desk.commit()
        let branch = try Tool.run(["git", "checkout", "-q", "-b", "mine"], in: desk.folder.url)
        #expect(branch.status == 0, "\(branch.errors)")
        try desk.edit("redis:7", "redis:8")
        try desk.commit()
        #expect(told(desk) == Desk.Told(.clean, "nothing changes\n", ""))
        #expect(told(desk) { $0.since = "main" } == Desk.Told(.clean, Self.newer, ""))
    }

    @Test("Where there was no manifest all is new, and it is said")
    func nothing() throws {
        let desk = try Desk(Self.manifest)
        try desk.folder.write("README", "x\n")
        try desk.remove("strategy.yaml")
        try desk.commit()
        // A name that nothing has had does not become this one.
        try desk.folder.write("strategy.yaml", Self.manifest + "name: shop\n")
        let expected = """
            images
              + a: it is pulled when a container of it is started
                  is redis:7

            p (development)
              is new; its containers are created when it is started
              + a: is created
                  runs redis:7
            `HEAD` holds no strategy.yaml, so that all of it is new

            1 image is new, 1 project is new, 1 container is created (p)

            """
        #expect(told(desk).unwrapped == Desk.Told(.clean, expected, "").unwrapped)
    }

    @Test("Another name of the workspace is told")
    func renamed() throws {
        let desk = try Desk(Self.manifest + "name: shop\n")
        try desk.commit()
        try desk.edit("name: shop", "name: store")
        let expected = """
            workspace
              was shop, and is store; what Bayplan writes is called otherwise

            the workspace has another name

            """
        #expect(told(desk) == Desk.Told(.clean, expected, ""))
    }

    @Test("A project that lies in no checkout is told, and holds nothing up")
    func outside() throws {
        let desk = try Desk("")
        try desk.remove("strategy.yaml")
        try desk.folder.write(
            "ops/strategy.yaml",
            "version: 1\nimages: {a: {owner: shop, build: .}}\nprojects: {shop: {path: ../shop, services: {a: }}}\n")
        try desk.folder.write("shop/Dockerfile", "FROM scratch\n")
        try desk.commit(in: "ops")
        var run = DiffRun(session: desk.session("ops/strategy.yaml"))
        run.session.root = desk.folder.url.path
        run.format = .markdown
        let expected = "**nothing changes**\n\n- not compared: shop does not lie in a git checkout\n"
        #expect(desk.told(run.run) == Desk.Told(.clean, expected, ""))
    }

    @Test("Each manifest has a line, and one that cannot be compared holds up none")
    func all() throws {
        let desk = try Desk(Self.manifest)
        for name in ["same", "newer", "broken", "new"] { try desk.folder.write("\(name)/strategy.yaml", Self.manifest) }
        try desk.remove("new/strategy.yaml")
        try desk.commit()
        try desk.edit("redis:7", "redis:8", in: "newer/strategy.yaml")
        try desk.folder.write("broken/strategy.yaml", Self.broken)
        try desk.folder.write("new/strategy.yaml", Self.manifest)
        let runs = ["same", "newer", "broken", "new"].map { name in
            var run = DiffRun(session: desk.session("\(name)/strategy.yaml"))
            (run.format, run.failsOnChange) = (.summary, name != "new")
            return run
        }
        let result = desk.told { console throws(SystemFailure) in try DiffRun.runAll(runs, console) }
        let expected = """
            same/strategy.yaml: nothing changes
            newer/strategy.yaml: 1 container is recreated (p)
            broken/strategy.yaml: not compared: it has errors; `bayplan validate` tells them
            new/strategy.yaml: 1 image is new, 1 project is new, 1 container is created (p)

            """
        #expect(result == Desk.Told(.findings, expected, ""))
    }

    @Test("Standard input is compared by the name that is stated for it")
    func standardInput() throws {
        let desk = try Desk(Self.manifest)
        try desk.commit()
        let text = Self.manifest.replacing("redis:7", with: "redis:8")
        let words = ["diff", "--manifest", "-"]
        let nameless = try Program.run(words, in: desk.folder.url, input: text)
        #expect(
            nameless.status == 2
                && nameless.errors
                    == "bayplan: what git knows of standard input is told by its name: state `--stdin-filename`\n"
        )
        let named = try Program.run(words + ["--stdin-filename", "strategy.yaml"], in: desk.folder.url, input: text)
        #expect(named.status == 0 && named.output == Self.newer && named.errors.isEmpty)
    }
}
