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
        let text = Data(Checkout.manifest.replacingOccurrences(of: "8000:80", with: "8003:80").utf8)
        let missing = try heard("updated IMAGES.md", ofPausesBelow: .milliseconds(450)) { checkout, _ in
            let start = ContinuousClock.now
            try FileManager.default.removeItem(atPath: checkout.path("strategy.yaml"))
            usleep(200_000)
            try text.write(to: checkout.url.appending(path: "strategy.yaml"), options: .atomic)
            return ContinuousClock.now - start
        }
        #expect(!missing.contains("error") && !missing.contains("is gone"), "\(missing)")
        let empty = try heard("updated IMAGES.md", ofPausesBelow: .milliseconds(450)) { checkout, _ in
            try Self.longestPause(writing: [Data(), text], to: checkout.url.appending(path: "strategy.yaml")) {
                usleep(200_000)
            }
        }
        #expect(!empty.contains("error"), "\(empty)")
        // Cut anywhere, the pieces are no manifest or another one.
        let lines = text.split(separator: 0x0A).map { Data($0 + [0x0A]) }
        let pieces = try heard("updated IMAGES.md", ofPausesBelow: .milliseconds(9)) { checkout, _ in
            try Self.longestPause(writing: lines, to: checkout.url.appending(path: "strategy.yaml"))
        }
        #expect(!pieces.contains("error") && !pieces.contains("deleted"), "\(pieces)")
    }

    /// What a new run says, up to a text, of a manifest that was written with pauses shorter than it waits for; the
    /// machine can be too busy to write so quickly at first.
    private func heard(
        _ text: String, ofPausesBelow limit: Duration, _ write: (Checkout, Watch) throws -> Duration
    ) throws -> String {
        for _ in 0..<200 {
            let checkout = try Checkout()
            let watch = try Watch(checkout)
            if try write(checkout, watch) < limit { return try watch.heard(text) }
        }
        throw Watch.Silence(output: "no attempt to write was quick enough")
    }

    /// Writes a file anew piece by piece, and returns the longest time for which one of its states was there.
    private static func longestPause(writing pieces: [Data], to file: URL, between pause: () -> Void = {}) throws
        -> Duration
    {
        let handle = try FileHandle(forWritingTo: file)
        defer { try? handle.close() }
        var (begun, longest) = (ContinuousClock.now, Duration.zero)
        try handle.truncate(atOffset: 0)
        for piece in pieces {
            let next = ContinuousClock.now
            try handle.write(contentsOf: piece)
            longest = max(longest, ContinuousClock.now - begun)
            begun = next
            if piece != pieces.last { pause() }
        }
        return longest
    }

    @Test("A manifest that goes is told of, and so is its return")
    func away() throws {
        let checkout = try Checkout()
        let watch = try Watch(checkout)
        try checkout.shell("mv strategy.yaml away")
        try watch.heard("strategy.yaml is gone")
        try checkout.shell("mv away strategy.yaml")
        #expect(try watch.heard("up to date").contains("strategy.yaml is back"))
        #expect(watch.isRunning)
    }

    @Test("A large manifest that is written in pieces is read at once, and nothing is said of a piece")
    func largePieces() throws {
        let filler = String(repeating: "# A line that only makes the manifest large.\n", count: 30_000)
        let new = Data((Checkout.manifest + filler).utf8)
        let right = try heard("all right again", ofPausesBelow: .milliseconds(9)) { checkout, watch in
            try checkout.folder.write("wrong", "unknown: 1\n" + Checkout.manifest + filler)
            try checkout.shell("mv wrong strategy.yaml")
            #expect(try watch.heard("1 error in strategy.yaml").contains("unknown"))
            return try Self.longestPause(
                writing: [new.prefix(40), new.dropFirst(40)], to: checkout.url.appending(path: "strategy.yaml"))
        }
        #expect(!right.contains("error"), "\(right)")
        let checkout = try Checkout()
        let watch = try Watch(checkout)
        try checkout.folder.write("new", Array(new))
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
            var spent: [Int] = []
            while spent.count < 30, !spent.contains(where: { $0 <= 2 }) {
                let before = try watch.ticks
                usleep(2_000_000)
                spent.append(try watch.ticks - before)
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
        try checkout.shell(
            "printf 'FROM api\\nCOPI . .\\n' >core/jobs/Dockerfile; sed -i.bak s/8001/8002/ strategy.yaml")
        #expect(try watch.heard("updated IMAGES.md").contains("::: core/jobs/Dockerfile:2"))
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
        let result = try checkout.shell(#"set -o pipefail; timeout 900 "$bayplan" compile --watch 2>&1 | head -n 2"#)
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
