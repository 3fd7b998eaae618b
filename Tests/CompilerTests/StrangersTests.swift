import Foundation
import TestSupport
import Testing

/// A checkout may be a stranger's, and whoever runs Bayplan over it shows what it says to anyone: in a terminal, in the
/// log of a job, as annotations.
struct StrangersTests {
    private static let secret = "hunter2-of-the-runner"
    private static let formats = ["text", "concise", "json", "sarif", "github", "gitlab", "junit"]

    private static func manifest(dockerfile: String) -> String {
        """
        version: 1
        images: { api: { owner: p, build: { context: ., dockerfile: "\(dockerfile)" } } }
        projects: { p: { services: { api: } } }
        """ + "\n"
    }

    /// A folder with files that nobody may show.
    private func folder() throws -> ScratchFolder {
        let folder = try ScratchFolder()
        let lines = "[http]\n\textraheader = AUTHORIZATION: basic \(Self.secret)\n"
        for name in [".git/config", "p/.GIT/config", ".env", "p/key.json", "p/.git./x", "p/GIT~1/x"] {
            try folder.write(name, name.hasSuffix("json") ? "{\"key\": \"\(Self.secret)\"}\n" : lines)
        }
        try folder.write("p/directive", "# syntax=\(Self.secret)\nPASSWORD=\(Self.secret)\n")
        try folder.write("p/escape", "# escape=\(Self.secret)\nFROM \(Self.secret)\n")
        try folder.write("p/comment", "# \(Self.secret)\n")
        try folder.write("p/late", "KEY \(Self.secret)\nFROM scratch\nRUNN \(Self.secret)\n")
        return folder
    }

    @Test(
        "What is called a Dockerfile and is none is told, and nothing of it is shown",
        arguments: [
            "../.git/config", "../.env", ".GIT/config", ".git./x", "GIT~1/x", "key.json", "directive", "escape",
            "comment", "late",
        ])
    func noDockerfile(_ path: String) throws {
        let folder = try folder()
        try folder.write("strategy.yaml", Self.manifest(dockerfile: path))
        for format in Self.formats {
            let result = try Program.run(["validate", "--verbose", "--format", format], in: folder.url)
            #expect(!(result.output + result.errors).contains(Self.secret), "\(format): \(result.output)")
            if format == "concise" {
                #expect(result.output.contains("BP307") || result.output.contains("BP310"), "\(result.output)")
            }
        }
        let others = [["fingerprint"], ["order", "--affected-by", "p"], ["map"], ["compile", "--diff"]]
        for words in others {
            let result = try Program.run(words, in: folder.url)
            #expect(!(result.output + result.errors).contains(Self.secret), "\(words): \(result.output)")
        }
    }

    @Test("No file that does not say it is Bayplan's is shown where an artifact belongs")
    func foreignFile() throws {
        for name in [".env", "p/docker-compose.yml", "bake.json"] {
            let folder = try folder()
            try folder.write("p/Dockerfile", "FROM scratch\n")
            try folder.write(name, "PASSWORD=\(Self.secret)\n")
            let document = name == ".env" ? "outputs: { document: .env }\n" : ""
            try folder.write("strategy.yaml", Self.manifest(dockerfile: "Dockerfile") + document)
            for words in [["--check"], ["--diff"], ["--dry-run"], [], ["--diff", "--force"], ["--check", "--force"]] {
                for format in Self.formats {
                    let result = try Program.run(["compile"] + words + ["--format", format], in: folder.url)
                    let said = result.output + result.errors
                    #expect(!said.contains(Self.secret), "\(name), \(words), \(format): \(said)")
                }
            }
            let check = try Program.run(["compile", "--check"], in: folder.url)
            #expect(check.output.contains("BP603]: \(name) is there"), "\(check.output)")
            #expect(check.output.contains(" --> \(name):1:1"), "\(check.output)")
        }
    }

    @Test("An artifact with the header is shown as it is")
    func ownFile() throws {
        let checkout = try Checkout()
        try checkout.shell("echo '# an edit' >>core/docker-compose.yml")
        #expect(try checkout.bayplan("compile", "--check").output.contains("-# an edit"))
    }

    @Test("A manifest that is a link to something outside its root is not read")
    func linkedManifest() throws {
        let folder = try folder()
        let outside = try ScratchFolder()
        try outside.write("strategy.yaml", "version: \(Self.secret)\n")
        for target in [
            "/proc/self/environ", outside.url.path + "/strategy.yaml", "../.git/config", "/dev/zero", "/etc/hostname",
        ] {
            try FileManager.default.createDirectory(
                at: folder.url.appending(path: "q"), withIntermediateDirectories: true)
            let link = folder.url.appending(path: "q/strategy.yaml")
            try? FileManager.default.removeItem(at: link)
            try FileManager.default.createSymbolicLink(atPath: link.path, withDestinationPath: target)
            for words in [
                ["validate", "q/strategy.yaml"], ["compile", "--check", "q/strategy.yaml"], ["map", "q/strategy.yaml"],
            ] {
                let result = try Program.run(words, in: folder.url, environment: ["TOKEN": Self.secret])
                #expect(
                    result.status == 2 && !(result.output + result.errors).contains(Self.secret), "\(result.errors)")
                #expect(result.errors.contains("cannot read q/strategy.yaml: it is"), "\(target): \(result.errors)")
            }
        }
        let direct = try Program.run(
            ["validate", "/proc/self/environ"], in: folder.url, environment: ["T": Self.secret])
        #expect(direct.status == 2 && !direct.errors.contains(Self.secret), "\(direct.errors)")
        let git = try Program.run(["validate", ".git/config"], in: folder.url)
        #expect(git.status == 2 && !git.errors.contains(Self.secret), "\(git.errors)")
    }

    @Test("A manifest that is a link to a file of its repository is read")
    func linkInside() throws {
        let folder = try folder()
        try folder.write(
            "shared/plan.yaml", "version: 1\nimages: { a: { pull: \"r:1\" } }\nprojects: { p: { services: { a: } } }\n")
        try FileManager.default.createDirectory(at: folder.url.appending(path: "q"), withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            atPath: folder.url.path + "/q/strategy.yaml", withDestinationPath: "../shared/plan.yaml")
        let result = try Program.run(["validate", "q/strategy.yaml"], in: folder.url)
        #expect(result.status == 0, "\(result.errors)")
    }

    @Test("A name can steer neither a terminal nor the log of a job, whatever goes wrong with it")
    func names() throws {
        let folder = try ScratchFolder()
        let name = "b\n::error file=README.md::x\u{1B}[31m\u{202E}\u{200B}\u{85}##[error]y"
        try folder.write(name + "/strategy.yaml", "version: 1\nimages: []\n")
        try folder.write(name + "/large.yaml", "version: 1\n" + String(repeating: "#", count: 2000))
        let lines: [[String]] = [
            ["validate", name + "/missing.yaml"], ["validate", name],
            ["validate", name + "/large.yaml", "--limit-bytes", "9"],
            ["compile", name + "/large.yaml", "--root", name + "/no"], ["import", name + "/no"],
            ["import", name + "/strategy.yaml"],
            ["order", name, name + "/strategy.yaml"], ["order", "--since", name], ["fingerprint", name],
            ["map", "--output", name + "/no/x", name + "/strategy.yaml"],
            ["order", "--affected-by", "/" + name], ["compile", "--project", name], ["explain", name],
        ]
        for words in lines {
            let result = try Program.run(words, in: folder.url)
            for text in [result.output, result.errors] {
                let isHarmless = text.unicodeScalars.allSatisfy { scalar in
                    scalar == "\n"
                        || scalar.value >= 0x20 && scalar.value != 0x7F && !(0x80..<0xA0).contains(scalar.value)
                            && scalar.value != 0x202E && scalar.value != 0x200B
                }
                #expect(isHarmless && !text.contains("##[") && !text.contains("\n::"), "\(words): \(text)")
            }
        }
    }
}
