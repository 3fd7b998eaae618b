import Foundation
import TestSupport
import Testing

/// `validate --fix`, `--diff`, several formats at once and `explain`, with the real program.
struct FixingTests {
    private static let faulty = """
        # what we run
        images:
          cache:
            pull: redis   # bayplan: allow(privileged) no longer
          db: { pull: "postgres:16" }
        projects:
          shop:
            services:
              cache:
              db: { ports: 5432 }   # the port\r
              api:
                build: ./api
        """

    private static let fixed = """
        # what we run
        version: 1
        images:
          cache:
            pull: redis
          db: { pull: "postgres:16" }
          api:
            owner: shop
            build: ./api
        projects:
          shop:
            services:
              cache:
              db: { ports: [5432] }   # the port\r
              api:

        """

    private func checkout(_ text: String = faulty + "\n") throws -> ScratchFolder {
        let folder = try ScratchFolder()
        try folder.write("strategy.yaml", text)
        return folder
    }

    @Test("The safe fixes are made, every other byte and the mode stay, and a second run finds nothing to fix")
    func fix() throws {
        let folder = try checkout()
        let path = folder.url.appending(path: "strategy.yaml").path
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
        let run = try Program.run(["validate", "--fix", "--format", "concise"], in: folder.url)
        #expect(String(decoding: try folder.read("strategy.yaml"), as: UTF8.self) == Self.fixed)
        #expect(run.errors.contains("fixed 4 findings (BP005 missing-key, BP011 useless-suppression"), "\(run.errors)")
        #expect(run.output == "strategy.yaml:5:11: warning[BP502] `redis` has no tag\n")
        #expect(run.status == 0)
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o640)
        let again = try Program.run(["validate", "--fix"], in: folder.url)
        #expect(!again.errors.contains("fixed"))
        #expect(String(decoding: try folder.read("strategy.yaml"), as: UTF8.self) == Self.fixed)
    }

    @Test("--diff writes nothing and prints a patch that does what --fix does")
    func diff() throws {
        let folder = try checkout()
        let run = try Program.run(["validate", "--diff"], in: folder.url)
        #expect(run.status == 1)
        #expect(String(decoding: try folder.read("strategy.yaml"), as: UTF8.self) == Self.faulty + "\n")
        let patched = try Tool.run(["patch", "-p1", "--binary"], in: folder.url, input: Array(run.output.utf8))
        #expect(patched.status == 0, "\(patched.output)\(patched.errors)")
        #expect(String(decoding: try folder.read("strategy.yaml"), as: UTF8.self) == Self.fixed)
        let input = try Program.run(["validate", "--fix", "--diff", "-"], in: folder.url, input: Self.faulty + "\n")
        #expect(input.status == 1 && input.output.contains("+version: 1"))
    }

    @Test("A manifest that is a link, or standard input, is not fixed")
    func refusals() throws {
        let folder = try checkout()
        try FileManager.default.createSymbolicLink(
            atPath: folder.url.appending(path: "link.yaml").path, withDestinationPath: "strategy.yaml")
        let link = try Program.run(["validate", "--fix", "link.yaml"], in: folder.url)
        #expect(link.status == 2 && link.errors.contains("a symbolic link"), "\(link.errors)")
        #expect(try Program.run(["validate", "--fix", "-"], in: folder.url, input: "version: 1").status == 2)
        #expect(String(decoding: try folder.read("strategy.yaml"), as: UTF8.self) == Self.faulty + "\n")
    }

    @Test("One run prints one format and writes others into files")
    func formats() throws {
        let folder = try checkout()
        let run = try Program.run(
            ["validate", "--format", "sarif=a.sarif", "--format", "concise", "--format", "junit=b.xml"], in: folder.url)
        #expect(run.status == 1 && run.output.contains("error[BP212]"))
        let sarif = try JSONSerialization.jsonObject(with: Data(try folder.read("a.sarif"))) as? [String: Any]
        #expect(sarif?["version"] as? String == "2.1.0")
        #expect(String(decoding: try folder.read("b.xml"), as: UTF8.self).contains("<testsuite"))
        let alone = try Program.run(["validate", "--format", "json=c.json"], in: folder.url)
        #expect(alone.output.contains("error[BP212]: "))
        for wrong in [["--format", "text", "--format", "json"], ["--format", "sarif="], ["--format", "xml"]] {
            #expect(try Program.run(["validate"] + wrong, in: folder.url).status == 2, "\(wrong)")
        }
        #expect(try Program.run(["validate", "--format", "json=no/such/folder"], in: folder.url).status == 2)
    }

    @Test("Levels: --rule, the manifest's rules, --strict and --verbose")
    func levels() throws {
        let manifest = """
            version: 1
            images:
              cache: { pull: redis }
              api: { owner: shop, build: . }
            projects:
              shop: { services: { cache: , api: } }

            """
        let folder = try checkout(manifest)
        func status(_ arguments: String...) throws -> (status: Int32, output: String) {
            let run = try Program.run(["validate", "--format", "concise"] + arguments, in: folder.url)
            return (run.status, run.output)
        }
        #expect(try status().status == 0)
        #expect(try status("--strict").status == 1)
        #expect(try status("--strict", "--rule", "floating-tag=off").status == 0)
        #expect(try status("--rule", "BP502=error").status == 1)
        #expect(try !status().output.contains("BP501"))
        #expect(try status("--verbose").output.contains("info[BP501]"))
        #expect(try status("--rule", "missing-healthcheck=warning").output.contains("warning[BP501]"))
        for wrong in ["no-such-rule=off", "image-cycle=off", "floating-tag", "floating-tag=loud"] {
            #expect(try status("--rule", wrong).status == 2, "\(wrong)")
        }
        try folder.write("strategy.yaml", manifest + "rules: { floating-tag: error, missing-healthcheck: off }\n")
        #expect(try status().status == 1)
        #expect(try !status("--verbose").output.contains("BP501"))
        // The command line is nearer than the manifest.
        #expect(try status("--rule", "floating-tag=info").status == 0)
    }

    @Test("People are told what --fix would repair; nobody else is, and of standard input it cannot")
    func hint() throws {
        let checkout = try Checkout(isCompiled: false)
        try checkout.edit("version: 1\n", "")
        let hint = "1 of these can be repaired by `bayplan validate --fix`"
        #expect(try checkout.bayplan("validate").errors.contains(hint))
        #expect(try checkout.bayplan("validate", "--format", "concise").errors.contains(hint))
        #expect(try !checkout.bayplan("validate", "--format", "json").errors.contains(hint))
        #expect(try !checkout.bayplan("validate", "--quiet").errors.contains(hint))
        let text = Checkout.manifest.replacingOccurrences(of: "version: 1\n", with: "")
        #expect(try !checkout.bayplan("validate", "-", input: text).errors.contains(hint))
        #expect(try checkout.bayplan("validate", "--fix").errors.contains("fixed 1 finding"))
        #expect(try !checkout.bayplan("validate").errors.contains(hint))
    }

    @Test("explain knows every code by number and by name, and shows what validate says of its bad example")
    func explain() throws {
        let folder = try ScratchFolder()
        let list = try Program.run(["explain", "--list"], in: folder.url)
        let codes = list.output.matches(of: /BP[0-9]{3}  [a-z0-9-]+/).map { String($0.output).split(separator: " ") }
        #expect(codes.count > 70)
        for code in codes {
            let byCode = try Program.run(["explain", String(code[0])], in: folder.url)
            #expect(byCode.status == 0 && byCode.output.contains("Why it matters"), "\(code)")
            #expect(byCode.output.contains("\nWrong\n") == byCode.output.contains("[\(code[0])]: ", after: "Wrong"))
        }
        #expect(
            try Program.run(["explain", "container-name-taken"], in: folder.url).output
                == Program.run(["explain", "bp107"], in: folder.url).output)
        #expect(try Program.run(["explain", "contaner-name-taken"], in: folder.url).errors.contains("did you mean"))
    }
}

extension String {
    /// Whether the text holds another one behind a line.
    fileprivate func contains(_ text: String, after line: String) -> Bool {
        range(of: "\n\(line)\n").map { self[$0.upperBound...].contains(text) } ?? false
    }
}
