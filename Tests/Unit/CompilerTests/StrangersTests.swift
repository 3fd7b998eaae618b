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
        try folder.write("credentials", "key: [ \(Self.secret)\n")
        for target in [
            "../credentials",
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

    @Test(
        "What an import is led to, and is no Compose file by its name, is not shown",
        arguments: ["extends: { file: ../credentials, service: a }", "include: [../credentials]", "link"])
    func ledElsewhere(_ way: String) throws {
        for text in ["key: [ \(Self.secret)\n", "\(Self.secret)\n", "\(Self.secret): 1\n"] {
            let folder = try folder()
            try folder.write("credentials", text)
            if way == "link" {
                try folder.write("c/other", "")
                try FileManager.default.createSymbolicLink(
                    atPath: folder.url.path + "/c/compose.yaml", withDestinationPath: "../credentials")
            } else {
                let service = way.hasPrefix("extends") ? "services: { x: { \(way) } }\n" : "\(way)\n"
                try folder.write("c/compose.yaml", service)
            }
            let result = try Program.run(["import", "c"], in: folder.url)
            #expect(result.status != 0)
            #expect(!(result.output + result.errors).contains(Self.secret), "\(result.errors)")
            #expect(result.errors.contains(way == "link" ? "a symbolic link to a file" : "this is not a Compose file"))
        }
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
                #expect(Self.isHarmless(text), "\(words): \(text)")
            }
        }
    }

    private static func isHarmless(_ text: String) -> Bool {
        let isVisible = text.unicodeScalars.allSatisfy { scalar in
            scalar == "\n" || scalar == "\t"
                || scalar.value >= 0x20 && !(0x7F..<0xA0).contains(scalar.value)
                    && ![.format, .lineSeparator, .paragraphSeparator].contains(scalar.properties.generalCategory)
        }
        return isVisible && !text.contains("##[") && !text.contains("\n::")
    }

    @Test(
        "What a manifest and its files are called can steer no terminal, whatever command shows it",
        arguments: [
            "images: { \"a#\": { pull: \"r:1\" } }\nprojects: { p: { services: { \"a#\": } } }\n",
            "images: { a: { owner: \"p#\", build: . } }\n"
                + "projects: { \"p#\": { path: \"p#\", services: { a: } } }\nenvironments: { \"e#\": { tag: t } }\n",
            "images: { a: { owner: p, build: { context: \"c#\", dockerfile: \"d#\", target: \"t#\" } } }\n"
                + "projects: { p: { services: { a: { container_name: \"c#\", ports: [\"#\"] } } } }\n",
            "images: { a: { owner: p, build: . } }\nprojects: { p: { services: { a: { command: [\"#\"], "
                + "environment: { A: \"#\" }, labels: { \"l#\": \"#\" }, volumes: [\"./#:/x\"] } } } }\n",
        ])
    func manifests(_ body: String) throws {
        let folder = try ScratchFolder()
        let name = "x\u{1B}[31m\u{202E}##[error]z"
        let manifest = name + ".yaml"
        let escaped = "\\e[31m\\u202e\\u200b\\u2066\\u0085##[error]"
        try folder.write(manifest, "version: 1\nname: sample\n" + body.replacing("#", with: escaped))
        try folder.write("p/Dockerfile", "FROM a\u{202E}\u{200B}:1 AS x\nCOPY \u{202E}a b\n")
        try folder.write("p/" + name, "x")
        let byFormat = ["concise", "json", "sarif", "gitlab", "junit"].map { ["validate", "--format", $0, manifest] }
        let orders = ["json", "mermaid", "dot", "github-matrix"].map {
            ["order", "--manifest", manifest, "--format", $0]
        }
        func run(_ lines: [[String]]) throws {
            for words in lines {
                let result = try Program.run(words, in: folder.url)
                for text in [result.output, result.errors] {
                    #expect(Self.isHarmless(text), "\(words): \(text)")
                }
            }
        }
        try run(
            byFormat + orders + [
                ["validate", "--verbose", manifest], ["validate", "--fix", manifest], ["compile", "--diff", manifest],
                ["order", "--manifest", manifest], ["order", "--manifest", manifest, "--affected-by", "p/" + name],
                ["fingerprint", "--manifest", manifest], ["fingerprint", "--manifest", manifest, "no" + name],
                ["map", "--output", manifest, manifest], ["map", "--output", "m" + name, manifest], ["map", manifest],
                ["map", "--environment", name, manifest], ["validate", "--format", "json=" + manifest, manifest],
                ["compile", "--output-directory", "d" + name, manifest], ["compile", manifest],
            ])
        // Edits by hand, after which the command that repairs them is printed.
        try folder.write("p/docker-compose.yml", "# bayplan \u{202E}\n")
        try run([["compile", manifest], ["compile", "--check", manifest]])
    }

    @Test("A manifest that an import prints on a terminal can steer none; a pipe gets it as it is")
    func importOnTerminal() throws {
        let folder = try ScratchFolder()
        try folder.write(
            "c/compose.yaml", "services:\n  # over \u{202E}\n  a: { image: \"r:1\", labels: { l: \"\u{200B}x\" } }\n")
        let shown = try PseudoTerminal("$bayplan import c 2>/dev/null", in: folder.url)
        #expect(Self.isHarmless(String(decoding: shown.bytes.filter { $0 != 0x0D }, as: UTF8.self)), "\(shown.screen)")
        #expect(shown.screen.contains { $0.contains("# over \\u{202e}") }, "\(shown.screen)")
        let piped = try Program.run(["import", "c"], in: folder.url)
        #expect(piped.output.contains("# over \u{202E}"))
    }
}
