import Foundation
import TestSupport
import Testing

/// `compile` twice changes nothing; `--check` sees whatever differs.
struct CheckTests {
    @Test func secondRunTouchesNothing() throws {
        let checkout = try Checkout()
        #expect(try checkout.content().keys.sorted() == (Checkout.artifacts + ["strategy.yaml"]).sorted())
        let before = try checkout.state()
        let result = try checkout.bayplan("compile")
        #expect(result.status == 0 && result.output.isEmpty)
        #expect(result.errors == "bayplan: \(Checkout.artifacts.count) artifacts are up to date\n")
        #expect(try checkout.state() == before)
        #expect(try checkout.bayplan("compile", "--check").status == 0)
        #expect(try checkout.bayplan("compile", "--diff").output.isEmpty)
        #expect(try checkout.bayplan("compile", "--dry-run").output.isEmpty)
        #expect(try checkout.state() == before)
    }

    @Test("The lock is what sha256sum says", .enabled(if: Tool.sha256sum.isExpected, "sha256sum is not installed"))
    func lock() throws {
        let checkout = try Checkout()
        let result = try Tool.sha256sum.run(["-c", "bayplan.lock"], in: checkout.url)
        #expect(result.status == 0)
        #expect(result.output.split(separator: "\n").count == Checkout.artifacts.count)
    }

    @Test("A lock that is missing or incomplete is a warning, and what then changes is told apart from an edit")
    func missingLock() throws {
        let checkout = try Checkout()
        let lock = String(decoding: try checkout.folder.read("bayplan.lock"), as: UTF8.self)
        let lines = lock.split(separator: "\n").dropLast()
        try checkout.folder.write("bayplan.lock", lines.joined(separator: "\n") + "\n")
        let shortened = try checkout.bayplan("compile", "--check")
        #expect(
            shortened.status == 0 && shortened.output.contains("bayplan.lock does not list "), "\(shortened.output)")
        try checkout.shell("rm bayplan.lock")
        let missing = try checkout.bayplan("compile", "--check")
        #expect(missing.status == 0, "\(missing.errors)")
        #expect(missing.output.contains("warning[BP606]: bayplan.lock is missing\n"), "\(missing.output)")
        #expect(missing.output.contains("run `bayplan compile`, which writes it"), "\(missing.output)")
        #expect(try checkout.bayplan("compile", "--check", "--strict").status == 1)
        try checkout.edit("8000:80", "8000:81")
        let refused = try checkout.bayplan("compile")
        #expect(refused.status == 1)
        #expect(refused.errors.contains("docker-compose.yml is out of date, and bayplan.lock does not list it\n"))
        #expect(refused.errors.contains("`git checkout HEAD -- bayplan.lock`"), "\(refused.errors)")
        #expect(!refused.errors.contains("was edited since"), "\(refused.errors)")
        try checkout.folder.write("bayplan.lock", lock)
        #expect(try checkout.bayplan("compile").status == 0)
        #expect(try checkout.bayplan("compile", "--check").output.isEmpty)
    }

    @Test("Any byte of any artifact", arguments: Checkout.artifacts)
    func byte(_ name: String) throws {
        let checkout = try Checkout()
        let bytes = try checkout.folder.read(name)
        var beheaded = bytes
        beheaded[0] ^= 1
        try expectDrift(checkout, name, beheaded, isShown: false)
        for position in [bytes.count / 3, bytes.count / 2, bytes.count - 1] {
            var changed = bytes
            changed[position] ^= 1
            try expectDrift(checkout, name, changed)
        }
        try expectDrift(checkout, name, bytes + [0x20])
        try expectDrift(checkout, name, bytes.dropLast())
        try expectDrift(checkout, name, [])
        try checkout.folder.write(name, bytes)
        if name.hasSuffix(".sh") { try checkout.shell("chmod 755 \(name)") }
        #expect(try checkout.bayplan("compile", "--check").status == 0)
    }

    /// - Parameter isShown: whether the text begins with the artifact's header; only then may its text be shown.
    private func expectDrift(_ checkout: Checkout, _ name: String, _ bytes: [UInt8], isShown: Bool = true) throws {
        try checkout.folder.write(name, bytes)
        let before = try checkout.state()
        let result = try checkout.bayplan("compile", "--check")
        #expect(result.status == 1, "\(name)")
        let diff = "--- a/\(name)\n+++ b/\(name)\n" + (isShown ? "@@ " : "(not shown: ")
        #expect(result.output.contains(diff), "\(result.output)")
        #expect(result.errors.contains("run: bayplan compile\n"), "\(result.errors)")
        #expect(try checkout.state() == before)
    }

    @Test("What the manifest means, not how it says it")
    func meaning() throws {
        let checkout = try Checkout()
        try checkout.edit("version: 1\n", "# a comment\nversion: 1   # another\n\n")
        try checkout.edit("[\"127.0.0.1:8000:80\"]", "['127.0.0.1:8000:80']")
        #expect(try checkout.bayplan("compile", "--check").status == 0)
        let before = try checkout.state()
        #expect(try checkout.bayplan("compile").status == 0)
        #expect(try checkout.state() == before)
        try checkout.edit("8000:80", "8000:81")
        let result = try checkout.bayplan("compile", "--check")
        #expect(result.status == 1)
        #expect(result.output.contains("-      - 127.0.0.1:8000:80\n+      - 127.0.0.1:8000:81\n"), "\(result.output)")
        #expect(try checkout.bayplan("compile", "--diff").status == 1)
    }

    @Test func missing() throws {
        for name in Checkout.artifacts {
            let checkout = try Checkout()
            try checkout.shell("rm \(name)")
            let result = try checkout.bayplan("compile", "--check")
            #expect(result.status == 1 && result.output.contains("\(name) is missing"), "\(result.output)")
            #expect(result.output.contains("--- /dev/null\n+++ b/\(name)\n"))
            #expect(
                result.output.contains("\n --> \(name):1:1\n  = help: run `bayplan compile`\n"),
                "nothing is shown of nothing")
            let lines = try checkout.bayplan("compile", "--diff", "--verbose").output.split(separator: "\n").count
            let words = name.hasPrefix("scripts/") ? "--diff --verbose" : "--diff"
            #expect(lines <= 103 || result.output.contains("lines: `\(words)` shows them)\n"))
            #expect(result.output.split(separator: "\n").count < 120, "a screen or two")
            #expect(try checkout.bayplan("compile").output == "created \(name)\n")
            #expect(try checkout.bayplan("compile", "--check").status == 0)
        }
    }

    @Test("After an import the differences are what a person reads: new scripts are counted, unless all is asked for")
    func afterImport() throws {
        let checkout = try Checkout()
        try checkout.shell("rm -r scripts bake.json edge/docker-compose.yml")
        let diff = try checkout.bayplan("compile", "--diff").output
        #expect(diff.contains("+++ b/edge/docker-compose.yml\n@@ -0,0 +1,"), "\(diff)")
        #expect(diff.contains("+++ b/bake.json\n@@ -0,0 +1,"))
        #expect(diff.split(separator: "\n").count { $0.hasSuffix("lines: `--diff --verbose` shows them)") } >= 9)
        #expect(diff.split(separator: "\n").count < 400)
        let whole = try checkout.bayplan("compile", "--diff", "--verbose").output
        #expect(whole.split(separator: "\n").count > 3000 && !whole.contains("shows them)"))
    }

    @Test func executable() throws {
        let checkout = try Checkout()
        try checkout.shell("chmod 640 scripts/build.sh")
        let result = try checkout.bayplan("compile", "--check")
        #expect(result.status == 1 && result.output.contains("scripts/build.sh is not executable"), "\(result.output)")
        #expect(try checkout.bayplan("compile").output == "updated scripts/build.sh\n")
        #expect(try checkout.shell("stat -c %a scripts/build.sh").output == "750\n")
    }

    @Test("The diff is one that patch applies", .enabled(if: Tool.patch.isExpected, "patch is not installed"))
    func patch() throws {
        let checkout = try Checkout()
        try checkout.edit("8000:80", "8000:81")
        try checkout.edit("tag: \"1\"", "tag: \"2\"")
        try checkout.shell("rm edge/docker-compose.yml")
        let diff = try checkout.bayplan("compile", "--diff").output
        try checkout.folder.write("change.patch", diff)
        let applied = try Tool.patch.run(["-p1", "-i", "change.patch"], in: checkout.url)
        #expect(applied.status == 0, "\(applied.output)")
        #expect(try checkout.bayplan("compile", "--check").status == 0)
    }
}
