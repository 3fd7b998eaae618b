import Foundation
import TestSupport
import Testing

/// Options and exit statuses of the real program.
struct CommandLineTests {
    @Test(
        "Wrong usage and what cannot be read are 2, with words",
        arguments: [
            ["compile", "--no-such-option"], ["compile", "--check", "--diff"], ["compile", "--force", "--check"],
            ["no-such-command"], ["compile", "absent.yaml"], ["compile", "folder"], ["compile", "--project", "absent"],
            ["compile", "--environment", "absent"], ["compile", "--root", "absent"], ["compile", "--root", "folder"],
            ["validate", "absent.yaml"], ["order", "absent"], ["compile", "pipe"], ["compile", "--color", "pink"],
            ["compile", "--limit-bytes", "0"], ["compile", "--limit-bytes", "10"],
        ])
    func failures(_ arguments: [String]) throws {
        let checkout = try Checkout(isCompiled: false)
        try checkout.shell("mkdir folder; mkfifo pipe")
        let before = try checkout.state()
        let result = try Program.run(arguments, in: checkout.url)
        #expect(result.status == 2, "\(result.output)\(result.errors)")
        #expect(!result.errors.isEmpty && result.output.isEmpty)
        #expect(try checkout.state() == before)
    }

    @Test("A misspelt command is told with the one that was meant")
    func misspeltCommand() throws {
        let empty = try ScratchFolder()
        let result = try Program.run(["validte"], in: empty.url)
        #expect(result.status == 2)
        #expect(result.errors == "bayplan: there is no command `validte`; did you mean `validate`?\n")
        #expect(try Program.run(["x"], in: empty.url).errors.contains("`x`, only init, import, validate"))
    }

    @Test("Wrong names are told with the right ones, and a folder without a manifest with the ways to one")
    func corrections() throws {
        let checkout = try Checkout()
        #expect(try checkout.bayplan("compile", "--project", "cor").errors.hasSuffix("; did you mean `core`?\n"))
        #expect(try checkout.bayplan("compile", "--environment", "lve").errors.hasSuffix("; did you mean `live`?\n"))
        #expect(try checkout.bayplan("map", "--environment", "x").errors.hasSuffix("; there is only `live`\n"))
        #expect(try checkout.bayplan("compile", "--project", "x").errors.hasSuffix("; there are `core` and `edge`\n"))
        #expect(try checkout.bayplan("fingerprint", "x").errors.hasSuffix("; there are `api` and `jobs`\n"))
        #expect(try checkout.bayplan("explain", "107").output == checkout.bayplan("explain", "BP107").output)
        let folder = try ScratchFolder()
        let empty = try Program.run(["validate"], in: folder.url)
        #expect(
            empty.status == 2 && empty.errors.contains("`bayplan init`") && empty.errors.contains("`bayplan import`"))
        try checkout.shell("git init -q && git -c user.name=n -c user.email=n@x commit -q --allow-empty -m empty")
        let since = try checkout.bayplan("order", "--since", "HEAD")
        #expect(since.status == 0 && since.errors.isEmpty, "\(since.errors)")
    }

    @Test("A manifest that is stated and not there is told with the one that is, or with the ways to one")
    func absentManifest() throws {
        let checkout = try Checkout(isCompiled: false)
        try checkout.shell("mkdir deploy empty && cp strategy.yaml deploy/bayplan.yaml && git init -q empty")
        func told(_ words: String..., in folder: String = ".") throws -> String {
            let result = try Program.run(["validate"] + words, in: checkout.url.appending(path: folder))
            #expect(result.status == 2 && result.output.isEmpty, "\(result.output)")
            return result.errors
        }
        #expect(try told("strategi.yaml").hasSuffix("; did you mean `strategy.yaml`, which lies there?\n"))
        #expect(try told("nope.yaml").hasSuffix("; `strategy.yaml` is there\n"))
        #expect(try told("deploy/nope.yaml").hasSuffix("; `deploy/bayplan.yaml` is there\n"))
        #expect(try told("depoly/x.yaml").hasSuffix("; did you mean `deploy`, which lies there?\n"))
        #expect(try told("nope.yaml", in: "empty").hasSuffix("; the nearest manifest is `../strategy.yaml`\n"))
        let folder = try ScratchFolder()
        let nowhere = try Program.run(["validate", "nope.yaml"], in: folder.url)
        #expect(nowhere.status == 2 && nowhere.errors.contains("`bayplan init`"), "\(nowhere.errors)")
    }

    @Test("The search for a manifest passes by another program's file of its name, and two of one folder are told")
    func search() throws {
        let checkout = try Checkout(isCompiled: false)
        try checkout.shell("mkdir -p charts/.github && printf 'replicas: 3\\n' >charts/strategy.yaml")
        try checkout.shell("printf 'name: check\\non: push\\n' >charts/.github/bayplan.yml")
        for folder in ["charts", "charts/.github"] {
            let found = try Program.run(["order"], in: checkout.url.appending(path: folder))
            #expect(found.status == 0 && found.output.contains("api"), "\(found.errors)")
        }
        let alone = try ScratchFolder()
        try alone.write("strategy.yaml", "replicas: 3\n")
        let other = try Program.run(["order"], in: alone.url)
        #expect(other.status == 2 && other.errors.contains("strategy.yaml is another program's"), "\(other.errors)")
        try checkout.shell("cp strategy.yaml bayplan.yaml")
        let both = try checkout.bayplan("order")
        #expect(both.status == 2)
        #expect(both.errors.contains("both bayplan.yaml and strategy.yaml are manifests"), "\(both.errors)")
    }

    @Test("An image that is declared with capitals is to lose them; no service is to take them on")
    func capitals() throws {
        let folder = try ScratchFolder()
        try folder.write(
            "strategy.yaml",
            "version: 1\nimages: { Api: { pull: \"api:1\" } }\nprojects: { shop: { services: { api: } } }\n")
        let result = try Program.run(["validate"], in: folder.url)
        #expect(result.output.contains("call it `api` where it is declared"), "\(result.output)")
        #expect(!result.output.contains("did you mean"))
    }

    @Test func noManifest() throws {
        let empty = try ScratchFolder()
        let result = try Program.run(["compile"], in: empty.url)
        #expect(result.status == 2 && result.errors.contains("strategy.yaml"))
    }

    @Test func results() throws {
        let checkout = try Checkout()
        #expect(try checkout.bayplan("--help").status == 0)
        #expect(try checkout.bayplan("--version").status == 0)
        #expect(try checkout.bayplan("validate").status == 0)
        try checkout.edit("owner: core", "owner: nobody")
        let before = try checkout.state()
        for command in [["validate"], ["compile"], ["compile", "--check"], ["order"]] {
            #expect(try Program.run(command, in: checkout.url).status == 1, "\(command)")
        }
        #expect(try checkout.state() == before)
    }

    @Test("The manifest is found from a folder below, and artifacts lie beside it")
    func discovery() throws {
        let checkout = try Checkout(isCompiled: false)
        try checkout.shell("mkdir -p a/b")
        #expect(try Program.run(["compile"], in: checkout.url.appending(path: "a/b")).status == 0)
        #expect(try checkout.content().keys.sorted() == (Checkout.artifacts + ["strategy.yaml"]).sorted())
    }

    @Test func selection() throws {
        let checkout = try Checkout(isCompiled: false)
        #expect(try checkout.bayplan("compile", "--project", "edge", "--environment", "live").status == 0)
        #expect(try checkout.content().keys.sorted() == ["edge/docker-compose.live.yml", "strategy.yaml"])
        #expect(try checkout.bayplan("compile", "--project", "core").status == 0)
        #expect(try checkout.content().count == 4)
        #expect(try checkout.bayplan("compile").status == 0)
        // Part of the artifacts leaves the others and their lines in the lock alone.
        let lock = try checkout.folder.read("bayplan.lock")
        #expect(try checkout.bayplan("compile", "--environment", "live").status == 0)
        #expect(try checkout.folder.read("bayplan.lock") == lock)
        #expect(try checkout.bayplan("compile", "--check", "--project", "edge").status == 0)
        try checkout.shell("rm core/docker-compose.yml")
        #expect(try checkout.bayplan("compile", "--check", "--project", "edge").status == 0)
        let result = try checkout.bayplan("compile", "--check", "--project", "core")
        #expect(result.status == 1 && result.errors.contains("bayplan compile --project core"))
    }

    @Test("A manifest's file name stays inside the comment that names it")
    func hostileFileName() throws {
        let checkout = try Checkout(isCompiled: false)
        let name = "a\n$(touch pwned)-->.yaml"
        try checkout.folder.write(name, Checkout.manifest)
        #expect(try checkout.bayplan("compile", "--output-directory", "out", name).status == 0)
        let header = "Code generated by bayplan from ../a_$(touch pwned)--_.yaml; DO NOT EDIT."
        let script = String(decoding: try checkout.folder.read("out/scripts/build.sh"), as: UTF8.self)
        #expect(script.hasPrefix("#!/bin/sh\n# \(header)\n"))
        #expect(try checkout.shell("sh out/scripts/build.sh --list").status == 0)
        #expect(!FileManager.default.fileExists(atPath: checkout.url.appending(path: "pwned").path))
    }

    @Test func outputDirectory() throws {
        let checkout = try Checkout(isCompiled: false)
        #expect(try checkout.bayplan("compile", "--output-directory", "look/here").status == 0)
        let names = try checkout.content().keys.filter { $0 != "strategy.yaml" }.sorted()
        #expect(names == Checkout.artifacts.map { "look/here/" + $0 })
        #expect(try checkout.bayplan("compile", "--check", "--output-directory", "look/here").status == 0)
        #expect(try checkout.bayplan("compile", "--check").status == 1)
        let result = try checkout.bayplan("compile", "--dry-run", "--output-directory", "elsewhere")
        #expect(result.status == 0 && result.output.contains("would create elsewhere/IMAGES.md"), "\(result.errors)")
        #expect(try checkout.bayplan("compile", "--check", "--output-directory", "elsewhere").status == 1)
        #expect(!FileManager.default.fileExists(atPath: checkout.path("elsewhere")))
    }

    @Test func standardInput() throws {
        let checkout = try Checkout()
        #expect(try checkout.bayplan("compile", "--check", "-", input: Checkout.manifest).status == 0)
        let below = checkout.url.appending(path: "core")
        let arguments = ["compile", "--check", "-", "--stdin-filename", "../strategy.yaml"]
        #expect(try Program.run(arguments, in: below, input: Checkout.manifest).status == 0)
        let broken = try checkout.bayplan("validate", "-", "--stdin-filename", "shown.yaml", input: "version: 2\n")
        #expect(broken.status == 1 && broken.output.contains("shown.yaml:1"), "\(broken.output)")
    }

    @Test("--root widens what may be reached, and nothing else does")
    func root() throws {
        let outer = try ScratchFolder()
        try outer.write(
            "strategy/strategy.yaml",
            Checkout.manifest.replacingOccurrences(of: "core:\n", with: "core:\n    path: ../core\n"))
        let folder = outer.url.appending(path: "strategy")
        let refused = try Program.run(["compile"], in: folder)
        #expect(refused.status == 1 && refused.errors.contains("--root"), "\(refused.errors)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: outer.url.path) == ["strategy"])
        #expect(try Program.run(["compile", "--root", ".."], in: folder).status == 0)
        #expect(FileManager.default.fileExists(atPath: outer.url.appending(path: "core/docker-compose.yml").path))
        #expect(try Program.run(["compile", "--check"], in: folder, environment: ["BAYPLAN_ROOT": ".."]).status == 0)
    }

    @Test("A reader that goes away is no crash")
    func closedPipe() throws {
        let checkout = try Checkout(isCompiled: false)
        for command in ["compile --diff", "compile --check", "schema", "compile --help", "compile"] {
            let result = try checkout.shell("\"$bayplan\" \(command) 2>&1 | :; echo ${PIPESTATUS[0]}")
            #expect(["0\n", "1\n"].contains(result.output), "\(command): \(result.output)")
        }
        #expect(try checkout.bayplan("compile", "--check").status == 0)
    }
}
