import Foundation
import TestSupport
import Testing

/// `bayplan import` as a person meets it.
struct ImportCommandTests {
    private static let compose = "services:\n  web: { image: \"web:1\" }\n"

    @Test("A manifest that is there is not overwritten")
    func refusesToOverwrite() throws {
        let scratch = try ScratchFolder()
        try scratch.write("web/compose.yaml", Self.compose)
        let first = try Program.run(["import", "web", "--output", "strategy.yaml"], in: scratch.url)
        #expect(first.status == 0 && first.output.isEmpty, "\(first.errors)")
        let written = try scratch.read("strategy.yaml")
        let second = try Program.run(["import", "web", "--output", "strategy.yaml"], in: scratch.url)
        #expect(second.status == 2 && second.errors.contains("not overwritten"), "\(second.errors)")
        #expect(try scratch.read("strategy.yaml") == written)
    }

    @Test("What comes next is said, and a manifest that a pattern of the shell caught")
    func nextSteps() throws {
        let scratch = try ScratchFolder()
        try scratch.write("web/docker-compose.yml", Self.compose)
        let first = try Program.run(["import", "web", "-o", "strategy.yaml"], in: scratch.url)
        #expect(
            first.errors == """
                bayplan: wrote strategy.yaml, in which `name:` calls the workspace `\(scratch.url.lastPathComponent)`; next: \
                bayplan validate
                bayplan: for editors: bayplan schema > strategy.schema.json, and on top `# yaml-language-server: \
                $schema=strategy.schema.json`

                """)
        let alone = try Program.run(["import", "strategy.yaml"], in: scratch.url)
        #expect(alone.status == 2 && alone.output.isEmpty)
        #expect(alone.errors.hasPrefix("bayplan: strategy.yaml is a manifest; import reads Compose files"))
        let refused = try Program.run(["compile", "--root", "."], in: scratch.url)
        #expect(refused.status == 1 && refused.errors.contains("as `bayplan import` does, then move it away"))
    }

    @Test("A pattern of the shell may name what Bayplan wrote and folders without a Compose file")
    func passesBy() throws {
        let scratch = try ScratchFolder()
        try scratch.write("web/docker-compose.yml", Self.compose)
        try scratch.write("notes/todo", "Nothing.\n")
        _ = try Program.run(["import", "web", "-o", "strategy.yaml"], in: scratch.url)
        let compiled = try Program.run(["compile", "--force", "--quiet"], in: scratch.url)
        #expect(compiled.status == 0, "\(compiled.errors)")
        let own = ["IMAGES.md", "bayplan.lock", "strategy.yaml"]
        let again = try Program.run(["import"] + own + ["notes", "scripts", "web"], in: scratch.url)
        #expect(again.status == 0 && again.output.contains("projects:\n  web:\n"), "\(again.errors)")
        #expect(
            again.errors.hasPrefix(
                """
                bayplan: passed by, since bayplan wrote or reads it: IMAGES.md, bayplan.lock and strategy.yaml
                bayplan: passed by, since no Compose file lies in it: notes and scripts

                """), "\(again.errors)")
        let nothing = try Program.run(["import", "notes", "scripts", "IMAGES.md"], in: scratch.url)
        #expect(nothing.status == 2 && nothing.output.isEmpty)
        #expect(
            nothing.errors.contains("none of these is a Compose file or a folder that holds one"), "\(nothing.errors)")
    }

    @Test("A tag that only a variable tells is called after the variable, and not after another tag")
    func nameOfVariableTag() throws {
        let scratch = try ScratchFolder()
        try scratch.write(
            "web/compose.yaml",
            """
            services:
              old: { image: "postgres:${OLD_PG}" }
              new: { image: "postgres:${PG:-16}" }

            """)
        let result = try Program.run(["import", "web"], in: scratch.url)
        #expect(result.output.contains("  postgres-old-pg: { pull: \"postgres:${OLD_PG}\" }\n"), "\(result.output)")
        #expect(result.output.contains("  postgres-16: { pull: \"postgres:${PG:-16}\" }\n"), "\(result.output)")
    }

    @Test("The first line names the schema to editors where it is there, and no file that is not")
    func schemaLine() throws {
        let scratch = try ScratchFolder()
        try scratch.write("web/docker-compose.yml", Self.compose)
        let line = Array("# yaml-language-server: $schema=strategy.schema.json\n".utf8)
        _ = try Program.run(["import", "web", "-o", "strategy.yaml"], in: scratch.url)
        #expect(try scratch.read("strategy.yaml").starts(with: "version: 1\n".utf8))
        try scratch.write("strategy.schema.json", "{}")
        let beside = try Program.run(["import", "web", "-o", "bayplan.yaml"], in: scratch.url)
        #expect(beside.errors.hasPrefix("bayplan: wrote bayplan.yaml") && beside.errors.hasSuffix("bayplan validate\n"))
        #expect(try scratch.read("bayplan.yaml").starts(with: line))
    }

    @Test("The workspace is called like the manifest's folder, so that two on one engine are told apart")
    func workspaceName() throws {
        let scratch = try ScratchFolder()
        try scratch.write("our shop/web/compose.yaml", Self.compose)
        try scratch.write("l\u{E4}den/web/compose.yaml", Self.compose)
        func name(_ folder: String, _ words: String...) throws -> String? {
            let result = try Program.run(["import"] + words, in: scratch.url.appending(path: folder))
            #expect(result.status == 0, "\(result.errors)")
            return result.output.split(separator: "\n").first { $0.hasPrefix("name: ") }.map(String.init)
        }
        #expect(try name("our shop", "web") == "name: our shop")
        #expect(try name("our shop/web", ".") == "name: web")
        #expect(try name("l\u{E4}den", "web") == nil)
    }

    @Test("What is not there is said, with status 2")
    func wrongArguments() throws {
        let scratch = try ScratchFolder()
        try scratch.write("empty/README", "")
        for arguments in [["nowhere"], ["empty"], ["a.yml:b.yml"], []] {
            let result = try Program.run(["import"] + arguments, in: scratch.url)
            #expect(result.status == 2 && result.output.isEmpty, "\(arguments): \(result.errors)")
        }
    }

    @Test("Nothing outside the root is read, by whatever way it is named")
    func staysInside() throws {
        let scratch = try ScratchFolder()
        try scratch.write("secret.yaml", "services:\n  stolen: { image: \"stolen:1\" }\n")
        try scratch.write("in/link-target.yaml", Self.compose)
        let folder = scratch.url.appending(path: "in")
        try FileManager.default.createSymbolicLink(
            atPath: folder.appending(path: "link.yaml").path, withDestinationPath: "../secret.yaml")
        for name in [
            "../secret.yaml", scratch.url.appending(path: "secret.yaml").path, "link.yaml", "x/../../secret.yaml",
        ] {
            try scratch.write("in/compose.yaml", "include: [\"\(name)\"]\nservices:\n  a: { image: \"a:1\" }\n")
            let result = try Program.run(["import", "."], in: folder)
            #expect(result.status == 1 && result.output.isEmpty, "\(name)")
            #expect(result.errors.contains("BP703") && !result.errors.contains("stolen"), "\(result.errors)")
        }
        try scratch.write("in/compose.yaml", "include: [../secret.yaml]\nservices:\n  a: { image: \"a:1\" }\n")
        let widened = try Program.run(["import", ".", "--root", ".."], in: folder)
        #expect(widened.status == 0 && widened.output.contains("stolen"), "\(widened.errors)")
    }

    @Test("Links that stay inside the root are followed, as Compose follows them, and hard links are files")
    func links() throws {
        let scratch = try ScratchFolder()
        let manager = FileManager.default
        try scratch.write("real/plain.yaml", Self.compose)
        try scratch.write("real/more.yaml", "services:\n  more: { image: \"more:1\" }\n")
        for folder in ["soft", "hard", "over"] {
            try manager.createDirectory(at: scratch.url.appending(path: folder), withIntermediateDirectories: true)
        }
        func link(_ name: String, _ target: String) throws {
            try manager.createSymbolicLink(
                atPath: scratch.url.appending(path: name).path, withDestinationPath: target)
        }
        try link("soft/compose.yaml", "../real/plain.yaml")
        try manager.linkItem(
            at: scratch.url.appending(path: "real/plain.yaml"), to: scratch.url.appending(path: "hard/compose.yaml"))
        try scratch.write("over/compose.yaml", Self.compose)
        try link("over/compose.override.yaml", "../real/more.yaml")
        try link("linked", "real")
        try scratch.write(
            "include/compose.yaml", "include: [../linked/plain.yaml]\nservices: { a: { image: \"a:1\" } }\n")
        for (folder, word) in [
            ("soft", "pull: web:1"), ("hard", "pull: web:1"), ("over", "more:1"), ("include", "web:1"),
        ] {
            let result = try Program.run(["import", folder, "--root", "."], in: scratch.url)
            #expect(result.status == 0 && result.output.contains(word), "\(folder): \(result.output)\(result.errors)")
        }
    }

    @Test("A file that a folder or the command line names and that is not read is told, with the reason")
    func unread() throws {
        let scratch = try ScratchFolder()
        try scratch.write("secret.yaml", "services:\n  stolen: { image: \"stolen:1\" }\n")
        for (name, place) in [
            ("compose.yaml", "a"), ("compose.override.yaml", "b"), ("compose.live.yaml", "c"),
        ] {
            if name != "compose.yaml" { try scratch.write("in/\(place)/compose.yaml", Self.compose) }
            let folder = scratch.url.appending(path: "in/\(place)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try FileManager.default.createSymbolicLink(
                atPath: folder.appending(path: name).path, withDestinationPath: "../../secret.yaml")
            let result = try Program.run(["import", ".", "--root", ".."], in: folder)
            // Nobody asked for the environment, so that it stops nothing.
            #expect(result.status == (place == "c" ? 0 : 1) && !result.output.contains("stolen"), "\(name)")
            #expect(result.errors.contains("outside the root") && result.errors.contains(name), "\(result.errors)")
        }
    }

    @Test("An include that starts from a folder outside the root is told, not left out")
    func projectDirectory() throws {
        let scratch = try ScratchFolder()
        try scratch.write("in/b.yaml", "services:\n  b: { image: \"b:1\" }\n")
        for entry in ["{ path: b.yaml, project_directory: .. }", "{ path: [b.yaml], project_directory: /x }"] {
            try scratch.write("in/compose.yaml", "include: [\(entry)]\nservices:\n  a: { image: \"a:1\" }\n")
            let result = try Program.run(["import", "."], in: scratch.url.appending(path: "in"))
            #expect(result.status == 1 && result.errors.contains("its project directory leaves the root"), "\(entry)")
        }
    }

    @Test("What is too long is called that, and what goes round in a cycle a cycle")
    func chains() throws {
        let scratch = try ScratchFolder()
        var long = "services:\n"
        for index in 0..<150 { long += "  s\(index): { extends: s\(index + 1) }\n" }
        try scratch.write("long/compose.yaml", long + "  s150: { image: \"a:1\" }\n")
        try scratch.write("cycle/compose.yaml", "services:\n  a: { extends: b }\n  b: { extends: a }\n")
        for index in 0..<150 {
            try scratch.write("many/c\(index).yaml", "include: [c\(index + 1).yaml]\n")
        }
        try scratch.write("many/c150.yaml", Self.compose)
        for (name, said) in [
            ("long", "chain of more than 100 `extends`"), ("cycle", "extends itself"),
            ("many/c0.yaml", "included through more than 100 files"),
        ] {
            let result = try Program.run(["import", name], in: scratch.url)
            #expect(result.status == 1 && result.errors.contains(said), "\(result.errors.prefix(300))")
            #expect(name == "cycle" || !result.errors.contains("itself"), "\(result.errors.prefix(300))")
        }
    }

    @Test("Sibling checkouts are imported from beside them")
    func siblings() throws {
        let scratch = try ScratchFolder()
        try scratch.write("one/compose.yaml", Self.compose)
        try scratch.write("two/compose.yaml", "services:\n  web: { image: \"web:1\" }\n  db: { image: \"db:1\" }\n")
        try scratch.write("strategy/README", "")
        let folder = scratch.url.appending(path: "strategy")
        let result = try Program.run(["import", "../one", "../two"], in: folder)
        #expect(result.status == 0 && result.output.contains("path: ../two"), "\(result.errors)")
        try scratch.write("strategy/strategy.yaml", result.output)
        #expect(try Program.run(["validate", "--root", ".."], in: folder).status == 0)
    }

    @Test("All files of a project may be named, and it is one project")
    func globs() throws {
        let scratch = try ScratchFolder()
        try scratch.write("web/compose.yaml", Self.compose)
        try scratch.write("web/compose.live.yaml", "services:\n  web: { restart: always }\n")
        let one = try Program.run(["import", "web"], in: scratch.url)
        let all = try Program.run(["import", "web/compose.live.yaml", "web/compose.yaml"], in: scratch.url)
        #expect(one.status == 0 && one.output.contains("live:"))
        #expect(one.output == all.output)
        let unknown = try Program.run(["import", "web", "--complete", "lvie"], in: scratch.url)
        #expect(unknown.status == 2 && unknown.errors.contains("no file is named for that environment"))
    }

    @Test("Hostile files end in findings, quickly")
    func hostile() throws {
        var chain = "services:\n"
        for index in 0..<5000 { chain += "  s\(index): { extends: s\(index + 1) }\n" }
        var cycle = "services:\n  a: { extends: b, image: \"x:1\" }\n  b: { extends: a }\n"
        var aliases = "x-0: &a0 { k: v }\n"
        for index in 1..<40 { aliases += "x-\(index): &a\(index) { l: *a\(index - 1), r: *a\(index - 1) }\n" }
        aliases += "services: { a: { image: \"x:1\", labels: *a39 } }\n"
        cycle += "include: [compose.yaml]\n"
        var many = "services:\n"
        for index in 0..<5000 {
            many += "  s\(index): { image: \"x:\(index)\", build: ., environment: { A: \"\(index)\" } }\n"
        }
        for (text, status) in [(chain, 1), (cycle, 1), (aliases, 1), (many, 0)] as [(String, Int32)] {
            let scratch = try ScratchFolder()
            try scratch.write("compose.yaml", text)
            let start = ContinuousClock.now
            let result = try Program.run(["import", "."], in: scratch.url)
            #expect(result.status == status, "\(text.prefix(60)): \(result.errors.prefix(400))")
            #expect(ContinuousClock.now - start < Patience.limit, "\(text.prefix(60))")
        }
    }
}
