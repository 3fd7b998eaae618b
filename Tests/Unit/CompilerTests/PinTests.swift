import Foundation
import TestSupport
import Testing

/// `bayplan pin`, with the real program.
struct PinTests {
    private static let one = "sha256:" + String(repeating: "1", count: 64)
    private static let two = "sha256:" + String(repeating: "2", count: 64)

    private static let manifest = """
        # what we run
        version: 1
        images:
          # the cache
          cache: { pull: redis:7-alpine, description: "kept" } # at the end
          db:
            pull: 'postgres:16' # quoted
          shared: &shared
            pull: nginx:1
          mirror: *shared
          named:
            pull: &reference caddy:2
          free: { pull: "z:${TAG:-1}" }
          api: { owner: shop, build: ./api }
        projects:
          shop:
            services: { cache: , db: , shared: , mirror: , named: , free: , api:  }
        environments:
          # goes out
          live:
            registry: r.example
            tag: "1"
            images:
              cache: { tag: "8" }
              # the database

              db:
                tag: "17" # newer
          bare: { registry: r.example, tag: "2" }
          empty: { images: {} }
          none: {} # a comment

        """

    private func run(_ lines: String, _ words: [String] = [], on text: String = manifest) throws -> (
        status: Int32, text: String, errors: String
    ) {
        let folder = try ScratchFolder()
        try folder.write("strategy.yaml", text)
        try folder.write("shop/api/Dockerfile", "FROM scratch\n")
        let run = try Program.run(["pin"] + words, in: folder.url, input: lines)
        return (run.status, String(decoding: try folder.read("strategy.yaml"), as: UTF8.self), run.errors)
    }

    private func expect(
        _ lines: String, _ words: [String] = [], changes: [(String, String)],
        location: SourceLocation = #_sourceLocation
    ) throws {
        let run = try run(lines, words)
        var expected = Self.manifest
        for (old, new) in changes { expected = expected.replacing(old, with: new) }
        #expect(run.text == expected, "\(run.errors)", sourceLocation: location)
        #expect(run.status == 0, "\(run.errors)", sourceLocation: location)
    }

    @Test("A digest goes behind the reference, in its quotes, and everything else stays to the byte")
    func pulls() throws {
        try expect(
            "cache redis:7-alpine \(Self.one)\ndb docker.io/library/postgres:16 \(Self.two)\n",
            changes: [
                ("redis:7-alpine,", "redis:7-alpine@\(Self.one),"), ("'postgres:16'", "'postgres:16@\(Self.two)'"),
            ])
    }

    @Test("An environment's digest comes where the environment speaks of the image, or at the end of its images")
    func environments() throws {
        try expect(
            "cache redis:8 \(Self.one)\ndb postgres:17 \(Self.two)\napi r.example/api:1 \(Self.one)\n",
            ["--environment", "live"],
            changes: [
                ("cache: { tag: \"8\" }", "cache: { tag: \"8\", digest: \(Self.one) }"),
                (
                    "tag: \"17\" # newer\n",
                    "tag: \"17\" # newer\n        digest: \(Self.two)\n      api:\n        digest: \(Self.one)\n"
                ),
            ])
        try expect(
            "api r.example/api:2 \(Self.one)\n", ["--environment", "bare"],
            changes: [("tag: \"2\" }", "tag: \"2\", images: { api: { digest: \(Self.one) } } }")])
        try expect(
            "cache redis:7-alpine \(Self.one)\n", ["--environment", "empty"],
            changes: [("images: {} }", "images: { cache: { digest: \(Self.one) } } }")])
        try expect(
            "cache redis:7-alpine \(Self.one)\n", ["--environment", "none"],
            changes: [("none: {} #", "none: { images: { cache: { digest: \(Self.one) } } } #")])
    }

    @Test(
        "What is added ends its lines as the manifest does, also behind a last line that nothing ends",
        arguments: [true, false])
    func lineEnds(isEnded: Bool) throws {
        func withReturns(_ text: String) -> String { text.replacingOccurrences(of: "\n", with: "\r\n") }
        let lines = "cache redis:8 \(Self.one)\napi r.example/api:1 \(Self.one)\n"
        // The environment's images come last, so that what is added stands at the end.
        let end = try #require(Self.manifest.range(of: "  bare:")).lowerBound
        let kept = Self.manifest[..<end]
        let manifest = String(isEnded ? kept : kept.dropLast())
        let plain = try run(lines, ["--environment", "live"], on: manifest)
        let returns = try run(lines, ["--environment", "live"], on: withReturns(manifest))
        #expect(plain.status == 0 && plain.text.contains("\n      api:\n        digest: \(Self.one)"), "\(plain)")
        #expect(Array(returns.text.utf8) == Array(withReturns(plain.text).utf8))
    }

    @Test("What is pinned is pinned anew, and a second time nothing changes")
    func again() throws {
        let first = try run("cache redis:7-alpine \(Self.one)\n")
        let second = try run("cache redis:7-alpine \(Self.two)\n", on: first.text)
        #expect(second.text == first.text.replacing(Self.one, with: Self.two))
        let third = try run("cache redis:7-alpine \(Self.two)\n", on: second.text)
        #expect(third.text == second.text && third.status == 0)
        #expect(third.errors.contains("pinned to these digests already: cache"), "\(third.errors)")
        let live = try run("cache redis:8 \(Self.one)\n", ["--environment", "live"])
        let anew = try run("cache redis:8 \(Self.two)\n", ["--environment", "live"], on: live.text)
        #expect(anew.text == live.text.replacing(Self.one, with: Self.two))
    }

    @Test("A reference with a variable is told, and the others are pinned")
    func variables() throws {
        let run = try run("free z:1 \(Self.one)\ncache redis:7-alpine \(Self.two)\n")
        #expect(run.status == 0)
        #expect(run.errors.contains("`free` is not pinned, since its reference holds a variable: z:${TAG:-1}"))
        #expect(run.text == Self.manifest.replacing("redis:7-alpine,", with: "redis:7-alpine@\(Self.two),"))
    }

    @Test("What an anchor or an alias writes is left to its author")
    func anchors() throws {
        let shared = try run("shared nginx:1 \(Self.one)\n")
        #expect(shared.text == Self.manifest)
        #expect(shared.status == 2)
        #expect(shared.errors.contains("would change other references too, those of mirror"), "\(shared.errors)")
    }

    @Test("A digest of another reference than the manifest's is not written")
    func otherReference() throws {
        let run = try run("cache redis:6 \(Self.one)\n")
        #expect(run.status == 1 && run.text == Self.manifest)
        #expect(
            run.errors.contains("the manifest says redis:7-alpine, and the digest is that of redis:6"), "\(run.errors)")
    }

    @Test(
        "Lines that are none, and names that nothing has, change nothing",
        arguments: [
            ("", "there is nothing to pin"), ("cache redis:7-alpine\n", "line 1 of standard input"),
            ("\ncache redis:7-alpine sha256:1\n", "line 2 of standard input"),
            ("cache Redis:7 \(one)\n", "`Redis:7` is no image reference"),
            ("cahce redis:7-alpine \(one)\n", "did you mean `cache`?"),
            ("cache redis:7-alpine \(one)\ncache redis:7-alpine \(two)\n", "has another digest above"),
            ("api api:latest \(one)\n", "--environment NAME"), ("\u{1B}[2J x:1 \(one)\n", "no image `␛[2J`"),
        ])
    func refusals(lines: String, reason: String) throws {
        let run = try run(lines)
        #expect(run.status == 2 && run.text == Self.manifest)
        #expect(run.errors.contains(reason), "\(run.errors)")
        #expect(!run.errors.contains("\u{1B}"))
    }

    @Test("--diff shows what would be written and writes nothing")
    func diff() throws {
        let folder = try ScratchFolder()
        try folder.write("strategy.yaml", Self.manifest)
        let run = try Program.run(["pin", "--diff"], in: folder.url, input: "db postgres:16 \(Self.one)\n")
        #expect(run.status == 1)
        #expect(
            run.output.contains("-    pull: 'postgres:16' # quoted\n+    pull: 'postgres:16@\(Self.one)' # quoted\n"))
        #expect(String(decoding: try folder.read("strategy.yaml"), as: UTF8.self) == Self.manifest)
    }
}
