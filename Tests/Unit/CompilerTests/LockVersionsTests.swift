import Foundation
import TestSupport
import Testing

/// Locks of 0.1, and of formats that nobody knows yet.
struct LockVersionsTests: LockSuite {
    let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    @Test("A workspace of 0.1: what changes is told, and its lock is read once and split")
    func firstVersion() throws {
        let fixture = Golden.repository.appending(path: "Tests/Fixtures/locks/0.1").path
        try shell("cp -r \(fixture)/. .; printf 'redis: {pull: \"redis:7\"}' >/dev/null")
        let check = try compile("--check", "--root", "..", in: "strategy")
        if check.status == 1 {
            #expect(check.errors.contains("was written by bayplan 0.1; this is "), "\(check.errors)")
        }
        let manifest = try text("strategy/strategy.yaml")
        try folder.write("strategy/strategy.yaml", manifest.replacing("8000:80", with: "8000:81"))
        let changed = try compile("--check", "--root", "..", in: "strategy")
        #expect(
            changed.status == 1 && changed.errors.contains("was written by bayplan 0.1; this is "), "\(changed.errors)")
        #expect(changed.output.contains("it was written by bayplan 0.1, and this is "), "\(changed.output)")
        let result = try compile("--root", "..", in: "strategy")
        #expect(
            result.status == 0 && result.output.contains("updated ../shop/docker-compose.yml\n"), "\(result.errors)")
        #expect(try text("strategy/bayplan.lock").hasPrefix("# bayplan.lock 2, written by bayplan "))
        #expect(try !text("strategy/bayplan.lock").contains("  ../shop"))
        #expect(try text("shop/bayplan.lock").contains("  docker-compose.yml\t../strategy/strategy.yaml\n"))
        let settled = try compile("--root", "..", in: "strategy")
        #expect(settled.status == 0 && settled.output.isEmpty && !settled.errors.contains("0.1;"))
    }

    @Test("A format that nobody knows yet stops the run; another version's lock stays until something changes")
    func formats() throws {
        try writeManifest(outputs: "scripts: false")
        #expect(try compile().status == 0)
        let good = try text("bayplan.lock")
        let newer = good.replacing(/written by bayplan [0-9.]+/, with: "written by bayplan 9.8.7")
        try folder.write("bayplan.lock", newer)
        #expect(try compile().status == 0)
        #expect(try text("bayplan.lock") == newer)
        try folder.write("strategy.yaml", try text("strategy.yaml").replacing("redis:7", with: "redis:8"))
        #expect(try compile("--check").errors.contains("was written by bayplan 9.8.7; this is "))
        #expect(try compile().status == 0)
        #expect(try !text("bayplan.lock").contains("9.8.7"))
        let unknown = good.replacing("bayplan.lock 2,", with: "bayplan.lock 7,")
        try folder.write("bayplan.lock", unknown)
        for words in [[], ["--check"], ["--force"]] {
            let result = try Program.run(["compile"] + words, in: folder.url)
            #expect(result.status == 2 && result.errors.contains("bayplan.lock: its format is 7"), "\(result.errors)")
        }
        #expect(try text("bayplan.lock") == unknown)
    }
}
