import Foundation
import TestSupport
import Testing

/// Paths that nobody means: too long, too deep, git's own, in one another.
struct PathTests {
    private let folder: ScratchFolder

    init() throws {
        folder = try ScratchFolder()
        try folder.write("p/Dockerfile", "FROM scratch\n")
    }

    private func run(_ line: String) throws -> Tool.Result {
        try Program.run(line.split(separator: " ").map(String.init), in: folder.url)
    }

    /// Paths that are too long or too deep, by what they are.
    private static let paths = [
        "deep": String(repeating: "a/", count: 30_000) + "b", "long": String(repeating: "a", count: 5_000),
    ]
    private static let deep = paths["deep"] ?? ""
    private static let commands = [
        "validate", "compile --check", "compile", "fingerprint", "order --affected-by p/x", "map",
    ]

    @Test(
        "A path of the manifest that is too long or too deep is a finding at its place", arguments: paths.keys.sorted())
    func manifest(_ kind: String) throws {
        let path = try #require(Self.paths[kind])
        let manifests = [
            "images: {b: {owner: p, build: {context: ., dockerfile: \"PATH\"}}}\nprojects: {p: {services: {b: }}}",
            "images: {b: {owner: p, build: \"PATH\"}}\nprojects: {p: {services: {b: }}}",
            "images: {b: {owner: p, build: {context: \"PATH\"}}}\nprojects: {p: {services: {b: }}}",
            "images: {b: {owner: p, build: {context: ., additional_contexts: {x: \"PATH\"}}}}\nprojects: {p: {services: {b: }}}",
            "images: {b: {owner: p, build: {context: ., additional_contexts: [\"x=PATH\"]}}}\nprojects: {p: {services: {b: }}}",
            "images: {b: {owner: p, build: .}}\nprojects: {p: {path: \"PATH\", services: {b: }}}",
            "images: {b: {owner: p, build: .}}\nprojects: {p: {services: {b: {env_file: \"PATH\"}}}}",
            "images: {b: {owner: p, build: .}}\nprojects: {p: {services: {b: {env_file: [{path: \"PATH\"}]}}}}",
            "images: {b: {owner: p, build: .}}\nprojects: {p: {services: {b: {label_file: [\"PATH\"]}}}}",
            "images: {b: {owner: p, build: .}}\nprojects: {p: {configs: {c: {file: \"PATH\"}}, services: {b: {configs: [c]}}}}",
            "images: {b: {owner: p, build: .}}\nprojects: {p: {services: {b: }}}\noutputs: {document: \"PATH\"}",
            "images: {b: {owner: p, build: .}}\nprojects: {p: {services: {b: }}}\noutputs: {bake: \"PATH\"}",
            "images: {b: {owner: p, build: .}}\nprojects: {p: {services: {b: }}}\noutputs: {scripts: \"PATH\"}",
            "images: {b: {owner: p, build: .}}\nprojects: {p: {services: {b: }}}\noutputs: {compose: \"PATH\"}",
        ]
        for (index, text) in manifests.enumerated() {
            try folder.write("strategy.yaml", "version: 1\n" + text.replacing("PATH", with: path) + "\n")
            // What reads a build reads its paths in every command.
            for command in index < 2 ? Self.commands : ["compile"] {
                let result = try run(command)
                let said = result.output + result.errors
                #expect(
                    result.status == 1 && said.contains("--> strategy.yaml:"), "\(command): \(text): \(result.status)")
            }
            let label = "it is longer than 4096 bytes"
            let isTold = try run("validate --format json").output.contains(label)
            #expect(isTold, "\(text)")
        }
    }

    @Test("With the file's name a folder's path may be too long")
    func folders() throws {
        let almost = String(repeating: "a/", count: 250) + String(repeating: "b", count: 200)
        let parts = String(repeating: "a/", count: 255) + "b"
        for output in [
            "projects: {p: {path: \"\(parts)\", services: {b: }}}",
            "projects: {p: {services: {b: }}}\noutputs: {scripts: \"\(parts)\"}",
        ] {
            try folder.write("strategy.yaml", "version: 1\nimages: {b: {pull: \"r:1\"}}\n\(output)\n")
            #expect(try run("validate").output.contains("in it, it has more than 256 parts"))
        }
        try folder.write(
            "strategy.yaml",
            "version: 1\nimages: {b: {pull: \"r:1\"}}\nprojects: {p: {path: \"\(almost)\", services: {b: }}}\n")
        #expect(try run("validate").status == 0)
        #expect(try run("compile").status == 0)
        #expect(try run("compile --check").status == 0)
        let name = String(repeating: "c", count: 250) + ".yml"
        try folder.write(
            "strategy.yaml",
            "version: 1\nimages: {b: {pull: \"r:1\"}}\nprojects: {p: {services: {b: }}}\nenvironments: {live: }\noutputs: {compose: \(name)}\n"
        )
        #expect(try run("validate").output.contains("it would be longer than 255 bytes"))
    }

    @Test(
        "A path of the command line that is too long or too deep: status 2, and a message",
        arguments: paths.keys.sorted())
    func commandLine(_ kind: String) throws {
        let path = try #require(Self.paths[kind])
        try folder.write(
            "strategy.yaml", "version: 1\nimages: {b: {owner: p, build: .}}\nprojects: {p: {services: {b: }}}\n")
        for words in [
            ["order", "--affected-by", path], ["validate", path], ["validate", "--root", path],
            ["compile", "--output-directory", path], ["validate", "-", "--stdin-filename", path], ["import", path],
            ["import", "p/Dockerfile:" + path], ["import", "p", "--output", path], ["fingerprint", "--root", path],
        ] {
            let result = try Program.run(words, in: folder.url, input: "")
            #expect(
                result.status == 2 && result.errors.hasPrefix("bayplan: "), "\(words[0]): \(result.errors.prefix(200))")
        }
    }

    @Test("A path of a Compose file that is too long or too deep is a finding", arguments: paths.keys.sorted())
    func imported(_ kind: String) throws {
        let path = try #require(Self.paths[kind])
        for text in [
            "services: {x: {extends: {file: \"PATH\", service: x}}}", "include: [\"PATH\"]\nservices: {x: {image: a}}",
            "include: [{path: [\"PATH\"], project_directory: \"PATH\"}]\nservices: {x: {image: a}}",
            "services: {x: {image: a, env_file: \"PATH\"}}", "services: {x: {build: \"PATH\"}}",
            "services: {x: {build: {context: ., dockerfile: \"PATH\"}}}",
        ] {
            try folder.write("p/compose.yaml", text.replacing("PATH", with: path) + "\n")
            let result = try run("import p")
            #expect(
                result.status == 1 && result.errors.contains("--> p/compose.yaml:"),
                "\(text): \(result.errors.prefix(300))")
        }
    }

    @Test("Ignore files and locks of deep paths harm nobody")
    func otherFiles() throws {
        try folder.write(
            "strategy.yaml", "version: 1\nimages: {b: {owner: p, build: .}}\nprojects: {p: {services: {b: }}}\n")
        try folder.write("p/.dockerignore", Self.deep + "\n!" + Self.deep + "\n**/" + Self.deep + "\n")
        try folder.write("p/Dockerfile", "FROM scratch\nCOPY \(Self.deep) /\(Self.deep)\n")
        try folder.write("bayplan.lock", String(repeating: "0", count: 64) + "  " + Self.deep + "\n")
        for command in Self.commands { #expect(try [0, 1].contains(run(command).status), "\(command)") }
        #expect(!String(decoding: try folder.read("bayplan.lock"), as: UTF8.self).contains("a/a/"))
    }

    /// What validates, compiles, settles in one run and passes `--check`.
    @Test(arguments: 0..<4)
    func artifactsInOneAnother(_ seed: Int) throws {
        let places = [
            ".", "..", "p", "p/x", "P", "q", "q/docker-compose.yml", "p/Docker-Compose.Live.yml", "IMAGES.md",
            "images.MD",
            "IMAGES.md/x", "docker-compose.yml", "scripts", "scripts/build.sh", "scripts/BUILD.SH", "scripts/x",
            "strategy.yaml", "STRATEGY.yaml", "strategy.yaml/x", "bayplan.lock", "Bayplan.Lock", "bayplan.lock/x",
            ".bayplan.lock.bayplan-new", ".IMAGES.md.bayplan-new", "p/.docker-compose.yml.bayplan-new", ".GIT/x",
            "git~1/x", ".git./x", ".g\u{200C}it/x", "bake.json", "bake.json/x", ".strategy.yaml.bayplan-new",
        ]
        let files = ["docker-compose.yml", "build.sh", "IMAGES.md", "strategy.yaml", "bayplan.lock", "x"]
        var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1
        func choose(_ list: [String]) -> String {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return list[Int(state >> 33) % list.count]
        }
        var compiled = 0
        for _ in 0..<60 {
            let folder = try ScratchFolder()
            var outputs: [String] = []
            for key in ["document", "bake", "scripts"] {
                if choose(["y", "n"]) == "y" { outputs.append("\(key): \"\(choose(places))\"") }
            }
            if choose(["y", "n", "n"]) == "y" { outputs.append("compose: \(choose(files))") }
            let path = choose(["y", "n", "n"]) == "y" ? "path: \"\(choose(places))\", " : ""
            let text = """
                version: 1
                images: {b: {owner: q, build: ./b}}
                projects: {p: {\(path)services: {b: }}, q: {services: {b: }}}
                environments: {live: {tag: v1}}
                outputs: {\(outputs.joined(separator: ", "))}

                """
            try folder.write("strategy.yaml", text)
            try folder.write("q/b/Dockerfile", "FROM scratch\n")
            let before = try folder.read("strategy.yaml")
            let isValid = try Program.run(["validate"], in: folder.url).status == 0
            let first = try Program.run(["compile"], in: folder.url)
            #expect(try folder.read("strategy.yaml") == before, "\(text)")
            guard isValid else {
                #expect(first.status == 1, "\(text)\(first.errors)")
                continue
            }
            compiled += 1
            #expect(first.status == 0, "\(text)\(first.errors)")
            let second = try Program.run(["compile"], in: folder.url)
            #expect(second.status == 0 && second.output.isEmpty, "\(text)\(second.output)\(second.errors)")
            #expect(try Program.run(["compile", "--check"], in: folder.url).status == 0, "\(text)")
        }
        #expect(compiled >= 5, "the generator must make workspaces that are sound")
    }

    @Test("Each link in the way is told at its own place")
    func places() throws {
        try folder.write(
            "strategy.yaml", "version: 1\nimages: {a: {pull: \"r:1\"}}\nprojects: {q: {services: {a: }}}\n")
        let manager = FileManager.default
        for name in ["q", "scripts"] {
            try manager.createSymbolicLink(
                atPath: folder.url.appending(path: name).path, withDestinationPath: "p")
        }
        let result = try run("compile")
        #expect(result.status == 1)
        for name in ["q", "scripts"] { #expect(result.errors.contains("--> \(name):1:1\n"), "\(result.errors)") }
    }
}
