import Compiler
import Foundation
import TestSupport
import Testing
import Workspace

/// `bayplan compile --watch` within this process.
struct WatchRunTests {
    @Test("The manifest changes, goes and comes back")
    func manifest() throws {
        let desk = try Desk()
        let result = try desk.watch(
            [
                ("Ctrl-C ends\n", { try desk.edit("8000:80", "8001:80") }),
                ("updated core/docker-compose.yml\n", { try desk.remove("strategy.yaml") }),
                (
                    "is gone",
                    { try desk.folder.write("strategy.yaml", Desk.manifest.replacing("8000:80", with: "8002:80")) }
                ),
                ("updated core/docker-compose.yml\n", {}),
            ])
        #expect(result.status == .clean)
        #expect(
            result.notes == [
                "watching strategy.yaml; Ctrl-C ends", "strategy.yaml changed",
                "strategy.yaml is gone; waiting for it to come back", "strategy.yaml is back",
            ])
        #expect(String(decoding: try desk.folder.read("core/docker-compose.yml"), as: UTF8.self).contains("8002:80"))
    }

    @Test("What is built is looked at, and that it is all right again is said once")
    func builds() throws {
        let desk = try Desk()
        let dockerfile = try desk.folder.read("core/api/Dockerfile")
        let result = try desk.watch(
            [
                ("Ctrl-C ends\n", { try desk.remove("core/api/Dockerfile") }),
                ("1 error in strategy.yaml\n", { try desk.folder.write("core/api/Dockerfile", dockerfile) }),
                (
                    "all right again\n",
                    {
                        try desk.folder.write("core/api/Dockerfile", dockerfile + Array("LABEL a=b\n".utf8))
                        try desk.folder.write("core/base/Dockerfile", "FROM scratch\nLABEL a=b\n")
                    }
                ),
                ("2 files changed\n", { try desk.edit("8000:80", "8001:80") }),
                ("updated core/docker-compose.yml\n", {}),
            ])
        #expect(result.status == .clean)
        #expect(
            result.notes == [
                "watching strategy.yaml; Ctrl-C ends", "core/api/Dockerfile changed", "1 error in strategy.yaml",
                "core/api/Dockerfile changed", "all right again", "2 files changed",
            ])
        #expect(result.errors.components(separatedBy: "error[BP302]").count == 2, "\(result.errors)")
    }

    @Test("A project's folder that was misspelt is seen once it has its name")
    func folders() throws {
        let desk = try Desk(
            "version: 1\nimages: {a: {owner: backend, build: ./a}}\nprojects: {backend: {services: {a: }}}\n")
        try desk.folder.write("bakcend/a/Dockerfile", "FROM scratch\nCOPY . /\n")
        let result = try desk.watch(
            [
                (
                    "Ctrl-C ends\n",
                    {
                        try? desk.remove("backend")
                        try FileManager.default.moveItem(atPath: desk.path("bakcend"), toPath: desk.path("backend"))
                    }
                ),
                ("3 files changed\n", {}),
            ])
        #expect(result.status == .clean)
        #expect(result.errors.components(separatedBy: "but `bakcend` is there").count == 2, "\(result.errors)")
        #expect(result.output.hasSuffix("created backend/docker-compose.yml\n"), "\(result.output)")
    }

    @Test("A reader that goes while the manifest is written ends the watch before the next round")
    func leaving() throws {
        let desk = try Desk()
        let result = try desk.watch([("Ctrl-C ends\n", { try desk.edit("8000:80", "8001:80") })])
        #expect(result.status == .clean && result.notes == ["watching strategy.yaml; Ctrl-C ends"])
        #expect(String(decoding: try desk.folder.read("core/docker-compose.yml"), as: UTF8.self).contains("8000:80"))
    }

    @Test("What keeps the first round from running ends the watch")
    func impossible() throws {
        let desk = try Desk()
        try desk.remove("strategy.yaml")
        let watch = WatchRun(CompileRun(session: desk.session()))
        let result = desk.told(watch.run)
        #expect(result.status == .failure && result.output.isEmpty)
        #expect(result.errors.hasPrefix("bayplan: cannot read strategy.yaml: No such file or directory; "))
    }
}
