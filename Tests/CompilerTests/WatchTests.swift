import Foundation
import TestSupport
import Testing

/// `compile --watch` as someone at work would meet it.
@Suite(.serialized)
struct WatchTests {
    @Test("An edit, a replacement by rename, a mistake and its correction")
    func edits() throws {
        let checkout = try Checkout()
        let watch = try Watch(checkout)
        try checkout.edit("8000:80", "8001:80")
        #expect(try watch.heard("updated core/docker-compose.yml").contains("strategy.yaml changed"))
        try checkout.shell("sed 's/8001:80/8002:80/' strategy.yaml >new && mv new strategy.yaml")
        try watch.heard("updated core/docker-compose.yml")
        #expect(String(decoding: try checkout.folder.read("core/docker-compose.yml"), as: UTF8.self).contains("8002"))
        let before = try checkout.content().filter { $0.key != "strategy.yaml" }
        try checkout.edit("owner: core, build: ./api", "owner: nobody, build: ./api")
        #expect(try watch.heard("1 error").contains("there is no project `nobody`"))
        try checkout.edit("version: 1", "version: [1")
        try watch.heard("1 error in strategy.yaml")
        #expect(try checkout.content().filter { $0.key != "strategy.yaml" } == before)
        try checkout.folder.write("strategy.yaml", Checkout.manifest)
        try watch.heard("all right again")
        #expect(try checkout.bayplan("compile", "--check").status == 0)
        #expect(watch.interrupt() == SIGINT)
    }

    @Test("A manifest that is briefly missing, empty or written in pieces is waited for")
    func pieces() throws {
        let checkout = try Checkout()
        let watch = try Watch(checkout)
        let text = Checkout.manifest.replacingOccurrences(of: "8000:80", with: "8003:80")
        try checkout.folder.write("new", text)
        try checkout.shell("rm strategy.yaml; sleep 0.2; cp new strategy.yaml")
        #expect(!(try watch.heard("updated IMAGES.md").contains("error")))
        try checkout.shell(": >strategy.yaml; sleep 0.2; sed s/8003/8004/ new >strategy.yaml")
        #expect(!(try watch.heard("updated IMAGES.md").contains("error")))
        // Cut anywhere, the pieces are no manifest or another one.
        // The shell itself writes them: a program for each would pause, on a busy machine, as long as no editor does.
        try checkout.shell(
            ": >strategy.yaml; while IFS= read -r line; do printf '%s\\n' \"$line\" >>strategy.yaml; done <new")
        let heard = try watch.heard("updated IMAGES.md")
        #expect(!heard.contains("error") && !heard.contains("deleted"), "\(heard)")
        try checkout.shell("mv strategy.yaml away")
        try watch.heard("strategy.yaml is gone")
        try checkout.shell("mv away strategy.yaml")
        #expect(try watch.heard("up to date").contains("strategy.yaml is back"))
        #expect(watch.isRunning)
    }

    @Test("A large manifest that is written in pieces is read at once, and nothing is said of a piece")
    func largePieces() throws {
        let checkout = try Checkout()
        let watch = try Watch(checkout)
        let filler = String(repeating: "# A line that only makes the manifest large.\n", count: 30_000)
        try checkout.folder.write("new", Checkout.manifest + filler)
        try checkout.folder.write("wrong", "unknown: 1\n" + Checkout.manifest + filler)
        try checkout.shell("mv wrong strategy.yaml")
        #expect(try watch.heard("1 error in strategy.yaml").contains("unknown"))
        try checkout.shell("head -c 40 new >strategy.yaml; tail -c +41 new >>strategy.yaml")
        #expect(!(try watch.heard("all right again").contains("error")))
        try checkout.shell("head -c 1200000 new >strategy.yaml; sleep 0.01; tail -c +1200001 new >>strategy.yaml")
        _ = try watch.heard("up to date")
        #expect(watch.isRunning)
    }

    @Test("What it wrote itself starts no round, and waiting takes no time of the processor")
    func idle() throws {
        let checkout = try Checkout(isCompiled: false)
        let watch = try Watch(checkout)
        #expect(try checkout.bayplan("compile", "--check").status == 0)
        #if os(Linux)
            // Two of the hundred ticks of a second are 1 % of two seconds; a busy machine makes each look dearer now
            // and then.
            let spent = try (0..<3).map { _ in
                let before = try watch.ticks
                usleep(2_000_000)
                return try watch.ticks - before
            }
            #expect(spent.contains { $0 <= 2 }, "\(spent)")
        #else
            usleep(1_000_000)
        #endif
        #expect(watch.unheard.isEmpty, "\(watch.unheard)")
    }

    @Test("Dockerfiles, checkouts that appear and files that stand in the way are watched, too")
    func others() throws {
        let checkout = try Checkout()
        let watch = try Watch(checkout)
        try checkout.shell("mkdir -p core/api core/jobs; echo FROM scratch >core/api/Dockerfile")
        #expect(try watch.heard("1 error").contains("the Dockerfile of `jobs` does not exist"))
        try checkout.shell("echo FROM api >core/jobs/Dockerfile")
        #expect(try watch.heard("up to date").contains("core/jobs/Dockerfile changed"))
        try checkout.shell("echo '# mine' >>edge/docker-compose.yml")
        try checkout.edit("services:\n      api:\n", "services:\n      jobs:\n")
        try watch.heard("nothing was written")
        try checkout.shell("rm edge/docker-compose.yml")
        #expect(try watch.heard("all right again").contains("edge/docker-compose.yml changed"))
    }

    @Test("What the builds were told serves again only while nothing of it has changed")
    func buildsToldBefore() throws {
        let checkout = try Checkout()
        try checkout.shell(
            "mkdir -p core/api core/jobs; echo FROM scratch >core/api/Dockerfile; echo FROM api >core/jobs/Dockerfile")
        let watch = try Watch(checkout)
        try checkout.edit("8000:80", "8001:80")
        #expect(!(try watch.heard("updated IMAGES.md").contains("Dockerfile")))
        // The manifest changes with them, so that its round alone can tell.
        try checkout.shell("echo COPY . . >core/jobs/Dockerfile; sed -i.bak s/8001/8002/ strategy.yaml")
        #expect(try watch.heard("updated IMAGES.md").contains("::: core/jobs/Dockerfile:1"))
        try checkout.shell("echo FROM api >core/jobs/Dockerfile; sed -i.bak s/8002/8003/ strategy.yaml")
        #expect(!(try watch.heard("updated IMAGES.md").contains("Dockerfile")))
        try checkout.shell("rm core/jobs/Dockerfile; sed -i.bak s/8003/8004/ strategy.yaml")
        #expect(try watch.heard("1 error").contains("the Dockerfile of `jobs` does not exist"))
        try checkout.shell("echo FROM api >core/jobs/dockerfile; sed -i.bak s/8004/8005/ strategy.yaml")
        try watch.heard("all right again")
        try checkout.shell("mv core/api api; sed -i.bak s/8005/8006/ strategy.yaml")
        #expect(try watch.heard("1 error").contains("strategy.yaml:"))
    }

    @Test("It ends when nobody reads any more, although nothing happens")
    func closedPipe() throws {
        let checkout = try Checkout()
        let result = try checkout.shell(#"set -o pipefail; timeout 20 "$bayplan" compile --watch 2>&1 | head -n 2"#)
        #expect(result.status == 0 && result.output.contains("watching strategy.yaml") && result.errors.isEmpty)
        let unread = try checkout.shell(#"timeout 1 "$bayplan" compile --watch >/dev/null 2>&1"#)
        #expect(unread.status == 124, "what nobody was to read has no reader that went")
    }

    @Test(
        "Wrong usage is said",
        arguments: [["--check"], ["--diff"], ["--dry-run"], ["-"], ["absent.yaml"], ["--project", "absent"]])
    func wrongUsage(_ words: [String]) throws {
        let checkout = try Checkout()
        let result = try Program.run(["compile", "--watch"] + words, in: checkout.url, input: Checkout.manifest)
        #expect(result.status == 2 && !result.errors.isEmpty && result.output.isEmpty)
    }
}
