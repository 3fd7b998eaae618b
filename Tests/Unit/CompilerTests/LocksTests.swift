import Compiler
import Foundation
import TestSupport
import Testing

/// Locks that a run cannot use, or that change under it.
struct LocksTests {
    private static let manifest = """
        version: 1
        images: {a: {pull: "redis:7"}}
        projects: {shop: {path: ../shop, services: {a: }}}
        outputs: {scripts: false}

        """
    private let desk: Desk

    /// A manifest whose artifacts lie in two folders, compiled.
    init() throws {
        desk = try Desk("")
        try desk.remove("strategy.yaml")
        try desk.folder.write("ops/strategy.yaml", Self.manifest)
        let first = told()
        guard first.status == .clean else { throw Unexpected(first.errors) }
    }

    private func told(_ progress: ((Compiler.Progress) -> Void)? = nil) -> Desk.Told {
        var run = CompileRun(session: desk.session("ops/strategy.yaml"))
        run.session.root = desk.folder.url.path
        return desk.told { console throws(SystemFailure) in
            var console = console
            console.progress = progress
            return try run.run(console)
        }
    }

    private func change() throws { try desk.edit("redis:7", "redis:8", in: "ops/strategy.yaml") }

    @Test("What is no file cannot be a lock, beside the manifest and elsewhere", arguments: ["ops", "shop"])
    func noFile(_ place: String) throws {
        let name = place + "/bayplan.lock"
        let lock = try desk.folder.read(name)
        try desk.remove(name)
        try FileManager.default.createSymbolicLink(atPath: desk.path(name), withDestinationPath: "other")
        #expect(told() == Desk.Told(.failure, "", "bayplan: cannot use \(name): it is a symbolic link\n"))
        try desk.remove(name)
        try desk.folder.write(name + "/x", "")
        #expect(told() == Desk.Told(.failure, "", "bayplan: cannot use \(name): it is a folder\n"))
        try desk.remove(name)
        try desk.folder.write(name, lock)
        #expect(told() == Desk.Told(.clean, "", "bayplan: 2 artifacts are up to date\n"))
    }

    @Test(
        "A lock of a newer format is not touched, and who wrote it is named",
        arguments: [
            (", written by bayplan 9.8.7", "bayplan 9.8.7 wrote it"), ("", "a newer bayplan wrote it"),
        ])
    func newer(_ writer: String, _ words: String) throws {
        let text = String(decoding: try desk.folder.read("shop/bayplan.lock"), as: UTF8.self)
        let first = try #require(text.split(separator: "\n").first)
        let newer = text.replacing(first, with: "# bayplan.lock 7\(writer): more")
        try desk.folder.write("shop/bayplan.lock", newer)
        try change()
        let result = told()
        #expect(result.status == .failure && result.output.isEmpty)
        #expect(result.errors.hasPrefix("bayplan: cannot use shop/bayplan.lock: its format is 7, and bayplan "))
        #expect(result.errors.hasSuffix("; \(words), so use that version or a newer one\n"), "\(result.errors)")
        #expect(try desk.folder.read("shop/bayplan.lock") == Array(newer.utf8))
    }

    @Test("A lock that changes while a run compares is not overwritten", arguments: ["ops", "shop"])
    func changed(_ place: String) throws {
        let name = place + "/bayplan.lock"
        try change()
        let text = String(decoding: try desk.folder.read(name), as: UTF8.self)
        let other = text + "# Former project another\n"
        let before = try desk.folder.read("shop/docker-compose.yml")
        let result = told { progress in
            if progress == .done("comparing artifacts", 0, of: 2) { try? desk.folder.write(name, other) }
        }
        let errors = "bayplan: \(name) was changed while bayplan ran; run it again\n"
        #expect(result == Desk.Told(.failure, "", errors))
        #expect(try desk.folder.read(name) == Array(other.utf8))
        #expect(try desk.folder.read("shop/docker-compose.yml") == before)
        #expect(told().status == .clean)
    }

    @Test("A file where a lock's folder should be is told by what hinders", arguments: [false, true])
    func hindered(_ isMoved: Bool) throws {
        try desk.remove("shop")
        try desk.folder.write("shop", "mine\n")
        try desk.folder.write("out/ops", "mine\n")
        var run = CompileRun(session: desk.session("ops/strategy.yaml"))
        run.session.root = desk.folder.url.path
        run.mode = .check
        if isMoved { run.outputDirectory = desk.path("out") }
        let result = desk.told(run.run)
        if isMoved {
            #expect(result == Desk.Told(.failure, "", "bayplan: cannot use out/ops: it is a file\n"))
        } else {
            #expect(result.status == .findings)
            #expect(result.output.hasPrefix("error[BP603]: shop is a file, and a folder is needed here\n"))
        }
    }

    @Test("An entry of a manifest that lies outside the root stays, one of a manifest that is gone goes")
    func strangers() throws {
        let text = String(decoding: try desk.folder.read("shop/bayplan.lock"), as: UTF8.self)
        let entry = try #require(text.split(separator: "\n").last)
        let hash = entry.prefix(64)
        let outside = "\(hash)  mine\t../../../../x/strategy.yaml\n"
        try desk.folder.write("shop/mine", "mine\n")
        try desk.folder.write("shop/bayplan.lock", text + outside + "\(hash)  mine\t../gone/strategy.yaml\n")
        #expect(told() == Desk.Told(.clean, "", "bayplan: 2 artifacts are up to date\n"))
        #expect(String(decoding: try desk.folder.read("shop/bayplan.lock"), as: UTF8.self) == text + outside)
        #expect(try desk.folder.read("shop/mine") == Array("mine\n".utf8))
    }

    @Test("The lock of a folder that holds nothing more goes with the last artifact")
    func gone() throws {
        try desk.edit("path: ../shop", "path: store", in: "ops/strategy.yaml")
        let result = told()
        #expect(result.status == .clean, "\(result.errors)")
        #expect(result.output.contains("deleted shop/docker-compose.yml\n"), "\(result.output)")
        #expect(!FileManager.default.fileExists(atPath: desk.path("shop/bayplan.lock")))
        let lock = String(decoding: try desk.folder.read("ops/bayplan.lock"), as: UTF8.self)
        #expect(lock.contains("  store/docker-compose.yml\n") && !lock.contains("See also"), "\(lock)")
    }
}
