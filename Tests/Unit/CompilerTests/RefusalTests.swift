import Foundation
import TestSupport
import Testing

/// Nothing of the user's is lost: what Bayplan did not write stays as it is, and nothing else is written either.
struct RefusalTests {
    private static let target = "edge/docker-compose.yml"

    /// What can stand in the way, as shell that puts it there.
    private static let obstacles = [
        "echo mine >T", ": >T", "ln -s ../outside.yml T", "ln -s nowhere T", "echo mine >other; ln other T", "mkdir T",
        "mkfifo T",
    ]

    @Test(arguments: obstacles)
    func inTheWay(_ obstacle: String) throws {
        let checkout = try Checkout(isCompiled: false)
        try checkout.shell("echo outside >outside.yml; mkdir edge; " + Self.placed(obstacle))
        let before = try checkout.state()
        for arguments in [["compile"], ["compile", "--dry-run"], ["compile", "--check"]] {
            let result = try Program.run(arguments, in: checkout.url)
            #expect(result.status == 1, "\(result.errors)")
            #expect((result.output + result.errors).contains(Self.target))
            #expect(try checkout.state() == before, "\(arguments)")
        }
    }

    @Test("--force takes the place of plain files only", arguments: obstacles)
    func forced(_ obstacle: String) throws {
        let checkout = try Checkout(isCompiled: false)
        try checkout.shell("echo outside >outside.yml; mkdir edge; " + Self.placed(obstacle))
        let before = try checkout.state()
        let result = try checkout.bayplan("compile", "--force")
        if obstacle.hasPrefix("echo mine >T") || obstacle.hasPrefix(": ") {
            #expect(result.status == 0 && result.output.contains("replaced \(Self.target)"))
            #expect(try checkout.bayplan("compile", "--check").status == 0)
        } else {
            #expect(result.status == 1)
            #expect(try checkout.state() == before)
        }
        #expect(try checkout.folder.read("outside.yml") == Array("outside\n".utf8))
    }

    private static func placed(_ obstacle: String) -> String {
        obstacle.replacingOccurrences(of: "T", with: target)
    }

    @Test func edited() throws {
        let checkout = try Checkout()
        try checkout.shell("echo '# mine' >>\(Self.target)")
        try checkout.edit("8000:80", "8000:81")
        let before = try checkout.state()
        let result = try checkout.bayplan("compile")
        #expect(result.status == 1)
        #expect(result.errors.contains("\(Self.target) was edited since bayplan wrote it"), "\(result.errors)")
        #expect(result.errors.contains("--force"))
        #expect(try checkout.state() == before)
        #expect(try checkout.bayplan("compile", "--force").status == 0)
        #expect(try checkout.bayplan("compile", "--check").status == 0)
    }

    @Test("A parent folder that is a link leads nowhere, and the finding says where it would")
    func linkedParent() throws {
        let checkout = try Checkout(isCompiled: false)
        let outside = try ScratchFolder()
        try checkout.shell("ln -s \(outside.url.path) edge")
        let before = try checkout.state()
        for arguments in [["compile"], ["compile", "--force"], ["compile", "--check"], ["compile", "--dry-run"]] {
            let result = try Program.run(arguments, in: checkout.url)
            #expect(result.status == 1, "\(arguments): \(result.errors)")
            let said = result.output + result.errors
            if arguments.last != "--dry-run" {
                #expect(said.contains("edge is a symbolic link to \(outside.url.path)"), "\(said)")
                #expect(said.components(separatedBy: "BP605").count == 2, "once for both files: \(said)")
            }
        }
        #expect(try checkout.state() == before)
        #expect(try FileManager.default.contentsOfDirectory(atPath: outside.url.path).isEmpty)
        try checkout.shell("rm edge; mkdir edge")
        #expect(try checkout.bayplan("compile").status == 0)
    }

    @Test("A file where a folder is needed")
    func fileForFolder() throws {
        let checkout = try Checkout(isCompiled: false)
        try checkout.shell("echo mine >edge")
        let before = try checkout.state()
        let result = try checkout.bayplan("compile", "--force")
        #expect(result.status == 1 && result.errors.contains("edge is a file, and a folder is needed here"))
        #expect(try checkout.state() == before)
    }

    @Test("Hand edits and foreign files survive every command but --force, which says what it replaced")
    func everyCommand() throws {
        let checkout = try Checkout()
        try checkout.shell("echo '# mine' >>core/docker-compose.yml; echo '# mine' >>scripts/up.sh; rm IMAGES.md")
        try checkout.shell("echo mine >IMAGES.md; sed -i '/IMAGES.md/d' bayplan.lock")
        try checkout.edit("8000:80", "8000:81")
        let before = try checkout.state()
        let help = try checkout.bayplan("--help").output
        let commands = try #require(help.components(separatedBy: "SUBCOMMANDS:\n").last).split(separator: "\n")
            .filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") }.compactMap { $0.split(separator: " ").first }
        #expect(commands.contains("compile") && commands.contains("validate"), "\(help)")
        var lines = commands.map { [String($0)] }
        lines += [["--check"], ["--diff"], ["--dry-run"], ["--project", "core"], ["-q"]].map { ["compile"] + $0 }
        for line in lines {
            // What waits for something or asks somebody ends with its input.
            _ = try Tool.run(
                [Program.path] + line, in: checkout.url, environment: ["BAYPLAN_ROOT": ""])
            #expect(try checkout.state() == before, "\(line)")
        }
        let forced = try checkout.bayplan("compile", "--force")
        #expect(forced.status == 0, "\(forced.errors)")
        for name in ["IMAGES.md", "core/docker-compose.yml", "scripts/up.sh"] {
            #expect(forced.output.contains("replaced \(name)\n"), "\(forced.output)")
        }
        #expect(!forced.output.contains("replaced edge/"))
    }

    @Test func leftOver() throws {
        let checkout = try Checkout()
        try checkout.edit("  live: { registry: registry.example.com, tag: \"1\" }\n", "  {}\n")
        try checkout.shell("echo '# mine' >>core/docker-compose.live.yml")
        let check = try checkout.bayplan("compile", "--check")
        #expect(check.status == 1 && check.output.contains("left over"), "\(check.output)")
        let before = try checkout.state()
        let refused = try checkout.bayplan("compile")
        #expect(refused.status == 1, "\(refused.errors)")
        #expect(try checkout.state() == before)
        try checkout.shell("sed -i '$d' core/docker-compose.live.yml")
        let result = try checkout.bayplan("compile")
        #expect(result.status == 0 && result.output.contains("deleted core/docker-compose.live.yml\n"))
        #expect(try checkout.content().keys.filter { $0.contains("live") }.isEmpty)
        #expect(try checkout.bayplan("compile", "--check").status == 0)
    }

    @Test("Hostile locks delete nothing, and stop nothing")
    func hostileLock() throws {
        let checkout = try Checkout()
        let outside = try ScratchFolder()
        let mine = "mine\n"
        try outside.write("mine", mine)
        try checkout.folder.write("mine", mine)
        try checkout.folder.write("deep/mine", mine)
        try checkout.shell("ln -s \(outside.url.path) away; ln -s mine link; mkfifo pipe")
        let hash = String(try checkout.shell("sha256sum mine").output.prefix(64))
        let manifest = String(try checkout.shell("sha256sum strategy.yaml").output.prefix(64))
        let long = String(repeating: "a/", count: 3000) + "b"
        var lines = [outside.url.path + "/mine", "../" + outside.url.lastPathComponent + "/mine", "mine", "deep/mine"]
        lines += ["deep/../mine", "./mine", "deep//mine", "away/mine", "link", "pipe", "deep", "mine\u{0}", long, ".."]
        lines.append(String(repeating: "n", count: 5000))
        let good = String(decoding: try checkout.folder.read("bayplan.lock"), as: UTF8.self)
        let hostile = good + lines.map { "\(hash)  \($0)\n" }.joined() + "\(manifest)  strategy.yaml\n"
        try checkout.folder.write("bayplan.lock", hostile)
        let before = try checkout.content()
        let result = try checkout.bayplan("compile")
        #expect(result.status == 0, "\(result.errors)")
        #expect(try checkout.content() == before)
        #expect(try outside.read("mine") == Array(mine.utf8))
        #expect(String(decoding: try checkout.folder.read("bayplan.lock"), as: UTF8.self) == good)
    }

    @Test("A lock that is lost, torn, huge or in conflict costs nothing")
    func lostLock() throws {
        let checkout = try Checkout()
        let artifacts = try checkout.content()
        let good = try checkout.folder.read("bayplan.lock")
        let huge = Array(repeating: UInt8(ascii: "x"), count: 5_000_000)
        for lock in [
            nil, [], huge, Array(good.dropLast(30)), Array("<<<<<<< a\n".utf8) + good + Array("=======\n".utf8),
        ] {
            if let lock {
                try checkout.folder.write("bayplan.lock", lock)
            } else {
                try checkout.shell("rm bayplan.lock")
            }
            #expect(try checkout.bayplan("compile", "--check").status == 0)
            #expect(try checkout.bayplan("compile").status == 0)
            #expect(try checkout.folder.read("bayplan.lock") == good)
        }
        #expect(try checkout.content() == artifacts)
    }

    @Test("After a merge conflict in the lock either side's artifact may be replaced")
    func conflict() throws {
        let ours = try Checkout()
        let theirs = try Checkout(isCompiled: false)
        try theirs.edit("8000:80", "8000:90")
        #expect(try theirs.bayplan("compile").status == 0)
        try ours.edit("8000:80", "8000:81")
        #expect(try ours.bayplan("compile").status == 0)
        let locks = try [ours, theirs].map { String(decoding: try $0.folder.read("bayplan.lock"), as: UTF8.self) }
        try ours.folder.write("bayplan.lock", "<<<<<<< a\n\(locks[0])=======\n\(locks[1])>>>>>>> b\n")
        try ours.edit("8000:81", "8000:99")
        let result = try ours.bayplan("compile")
        #expect(result.status == 0, "\(result.errors)")
    }
}
