import Foundation
import TestSupport
import Testing

/// Where locks lie, and what each knows.
struct LockPlacesTests: LockSuite {
    let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    @Test("What is pulled together is recorded together")
    func places() throws {
        try twoRepositories()
        let shop = try text("shop/bayplan.lock")
        #expect(shop.contains("  docker-compose.yml\t../strategy/strategy.yaml\n") && !shop.contains("edge"), "\(shop)")
        let home = try text("strategy/bayplan.lock")
        #expect(home.contains("  edge/docker-compose.yml\n") && !home.contains("  ../shop"), "\(home)")
        #expect(home.contains("# See also ../shop\n"))
        // A project that goes takes its file and its lock with it; the other manifest's stay.
        try folder.write(
            "other/strategy.yaml",
            "version: 1\nname: other\nimages: {a: {pull: \"redis:7\"}}\nprojects: {shop: {path: ../shop, services: {a: }}}\n"
                + "outputs: {scripts: false, compose: other.yml}\n")
        #expect(try compile("--root", "..", in: "other").status == 0)
        #expect(try text("shop/bayplan.lock").contains("  other.yml\t../other/strategy.yaml\n"))
        let manifest = try text("strategy/strategy.yaml")
        try folder.write(
            "strategy/strategy.yaml", manifest.replacing("  shop: {path: ../shop, services: {a: }}\n", with: ""))
        #expect(try compile("--root", "..", in: "strategy").output.contains("deleted ../shop/docker-compose.yml\n"))
        #expect(try shell("ls -A shop").output == "bayplan.lock\nother.yml\n")
        #expect(try !text("shop/bayplan.lock").contains("../strategy"))
        try shell("rm -r other shop/other.yml")
        try folder.write("strategy/strategy.yaml", manifest)
        #expect(try compile("--root", "..", in: "strategy").status == 0)
        try folder.write(
            "strategy/strategy.yaml", manifest.replacing("  shop: {path: ../shop, services: {a: }}\n", with: ""))
        #expect(try compile("--root", "..", in: "strategy").status == 0)
    }

    @Test("An older checkout beside a newer one is told as what it can be")
    func checkouts() throws {
        try twoRepositories()
        let old = try (folder.read("shop/docker-compose.yml"), folder.read("shop/bayplan.lock"))
        let manifest = try text("strategy/strategy.yaml")
        try folder.write("strategy/strategy.yaml", manifest.replacing("redis:7", with: "redis:8"))
        #expect(try compile("--root", "..", in: "strategy").status == 0)
        // The older checkout has its own lock, so it is free to be replaced.
        try folder.write("shop/docker-compose.yml", old.0)
        try folder.write("shop/bayplan.lock", old.1)
        let result = try compile("--root", "..", in: "strategy")
        #expect(result.status == 0 && result.output == "updated ../shop/docker-compose.yml\n", "\(result.errors)")
        try folder.write("shop/docker-compose.yml", old.0 + Array("# edited\n".utf8))
        let refused = try compile("--root", "..", in: "strategy")
        #expect(refused.status == 1 && refused.errors.contains("your checkouts are at different commits"))
    }

    @Test("Names in messages and bytes on disk do not depend on the root, nor on how Bayplan was called")
    func calls() throws {
        try twoRepositories()
        let before = try shell("find . -type f | sort | xargs sha256sum").output
        try shell("ln -s strategy.yaml strategy/link.yaml")
        for (place, words) in [
            ("strategy", ["--root", "../.."]), ("shop", ["--root", "..", "../strategy/strategy.yaml"]),
            (".", ["--root", ".", "strategy/../strategy/./strategy.yaml"]),
            ("strategy", ["--root", "..", "link.yaml"]),
            ("strategy", ["--root", folder.url.path, folder.url.path + "/strategy/strategy.yaml"]),
        ] {
            let result = try Program.run(["compile"] + words, in: folder.url.appending(path: place))
            #expect(result.status == 0 && result.output.isEmpty, "\(words): \(result.output)\(result.errors)")
            #expect(try shell("find . -type f | sort | xargs sha256sum").output == before, "\(words)")
        }
        try shell("echo '# mine' >>shop/docker-compose.yml")
        for root in ["..", "../.."] {
            let result = try compile("--root", root, in: "strategy")
            #expect(result.errors.contains("--> ../shop/docker-compose.yml:"), "\(result.errors)")
        }
    }

    @Test("A manifest that was renamed keeps its artifacts, if a lock knows them")
    func renamed() throws {
        try twoRepositories()
        try shell("mv strategy/strategy.yaml strategy/strategy.yml")
        let result = try compile("--root", "..", in: "strategy")
        #expect(
            result.status == 0 && result.output.contains("updated ../shop/docker-compose.yml\n"), "\(result.errors)")
        #expect(try text("shop/bayplan.lock").contains("\t../strategy/strategy.yml\n"))
        #expect(try !text("shop/bayplan.lock").contains("strategy.yaml"))
        try shell("mv strategy infra; echo '# mine' >>shop/docker-compose.yml")
        let refused = try compile("--root", "..", in: "infra")
        #expect(
            refused.status == 1 && refused.errors.contains("../shop/docker-compose.yml was edited"), "\(refused.errors)"
        )
        try shell("sed -i '$d' shop/docker-compose.yml")
        #expect(try compile("--root", "..", in: "infra").status == 0)
        #expect(try text("shop/docker-compose.yml").contains("from ../infra/strategy.yml;"))
        #expect(try compile("--check", "--root", "..", in: "infra").status == 0)
    }
}
