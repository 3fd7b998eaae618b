import Foundation
import TestSupport
import Testing

/// What `bayplan import` takes for a project, and what it must not touch.
struct ImportReadingTests {
    private func text(_ scratch: ScratchFolder, _ name: String) throws -> String {
        String(decoding: try scratch.read(name), as: UTF8.self)
    }

    private static let compose = "services:\n  web: { image: \"web:1\" }\n"

    @Test("Names do not depend on the order of the arguments")
    func orderOfArguments() throws {
        let scratch = try ScratchFolder()
        for project in ["north", "south", "west"] {
            try scratch.write(
                "\(project)/compose.yaml", "services:\n  desk: { build: desk }\n  db: { image: \"db:\(project)\" }\n")
        }
        let one = try Program.run(["import", "north", "south", "west"], in: scratch.url)
        let other = try Program.run(["import", "west", "south", "north"], in: scratch.url)
        #expect(one.status == 0 && one.output == other.output, "\(one.errors)")
        for name in ["desk-north", "desk-south", "desk-west", "db-north"] {
            #expect(one.output.contains("\n  \(name): {"), "\(name) is not in \(one.output)")
        }
    }

    @Test("Links are followed as far as the root, and no further")
    func links() throws {
        let scratch = try ScratchFolder()
        try scratch.write("in/shared/web.yaml", Self.compose)
        try scratch.write("in/shared/values.env", "COMPOSE_PROJECT_NAME=library\n")
        try scratch.write("in/.git/config", "services:\n  stolen: { image: \"stolen:1\" }\n")
        try scratch.write("secret.yaml", "services:\n  stolen: { image: \"stolen:1\" }\n")
        let files = FileManager.default
        let folder = scratch.url.appending(path: "in")
        for (link, target) in [
            ("web/compose.yaml", "../shared/web.yaml"), ("web/.env", "../shared/values.env"),
            ("out/compose.yaml", "../../secret.yaml"), ("git/compose.yaml", "../.git/config"),
            ("way/compose.yaml", "../web/compose.yaml"), ("loop/compose.yaml", "compose.yaml"),
        ] {
            let place = folder.appending(path: link)
            try files.createDirectory(at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
            try files.createSymbolicLink(atPath: place.path, withDestinationPath: target)
        }
        let web = try Program.run(["import", "web", "--root", "."], in: folder)
        #expect(web.status == 0 && web.output.contains("\n  library:\n"), "\(web.errors)\(web.output)")
        #expect(try Program.run(["import", "way", "--root", "."], in: folder).status == 0)
        for name in ["out", "git", "loop"] {
            let refused = try Program.run(["import", name, "--root", "."], in: folder)
            #expect(refused.status != 0 && refused.output.isEmpty, "\(name): \(refused.output)")
            #expect(!refused.errors.isEmpty && !refused.errors.contains("stolen"), "\(name): \(refused.errors)")
        }
        // A hard link is a file like any other.
        try files.linkItem(
            at: folder.appending(path: "shared/web.yaml"), to: folder.appending(path: "shared/compose.yaml"))
        #expect(try Program.run(["import", "shared"], in: folder).status == 0)
    }

    @Test("One file is one file, several of one folder belong together, and files joined stand as they are named")
    func namedFiles() throws {
        let scratch = try ScratchFolder()
        try scratch.write("web/compose.yaml", Self.compose)
        try scratch.write("web/compose.override.yaml", "services:\n  web: { restart: always }\n")
        try scratch.write("web/compose.live.yaml", "services:\n  web: { image: \"web:1\", labels: { live: \"1\" } }\n")
        func text(_ words: String...) throws -> String {
            let result = try Program.run(["import"] + words, in: scratch.url)
            #expect(result.status == 0, "\(result.errors)")
            return result.output
        }
        let one = try text("web/compose.yaml")
        #expect(!one.contains("always") && !one.contains("live"))
        #expect(try text("web").contains("restart: always"))
        #expect(try text("web/compose.live.yaml").contains("live: \"1\""))
        let wanted = try text("web/compose.yaml", "--environments")
        #expect(wanted.contains("\n  live:\n") && !wanted.contains("always"))
        let two = try text("web/compose.yaml", "web/compose.override.yaml")
        #expect(two.contains("restart: always") && !two.contains("live"))
        #expect(try text("web/compose.yaml:web/compose.live.yaml").contains("live: \"1\""))
    }

    @Test(
        "A file that nobody asked for never stops an import",
        arguments: [
            "services: [", "services:\n  web: { ports: [\"x:y\"] }\n", "services:\n  web: { depends_on: [no] }\n",
            "include: [nowhere.yaml]\n", "services:\n  web:\n  x-db: { build: . }\n", "a: b\n",
        ])
    func strangeNeighbours(_ text: String) throws {
        let scratch = try ScratchFolder()
        try scratch.write("web/compose.yaml", Self.compose)
        try scratch.write("web/compose.extra.yaml", text)
        let result = try Program.run(["import", "web"], in: scratch.url)
        #expect(result.status == 0 && result.output.contains("pull: web:1"), "\(result.errors)")
        #expect(result.errors.contains("`compose.extra.yaml` does not become an environment"), "\(result.errors)")
        #expect(!result.output.contains("environments:"))
        let wanted = try Program.run(["import", "--environments", "web"], in: scratch.url)
        #expect(!wanted.errors.contains("does not become an environment"), "\(wanted.errors)")
    }

    @Test("In one environment an image has one build", arguments: ["fine", "coarse"])
    func oneBuild(_ target: String) throws {
        let scratch = try ScratchFolder()
        try scratch.write(
            "web/compose.yaml",
            "services:\n  a: { image: app, build: . }\n  b: { image: app, build: . }\n  c: { image: app }\n")
        try scratch.write(
            "web/compose.live.yaml",
            """
            services:
              c: { image: "app:2" }
              a: { image: "app:2", build: { target: fine } }
              b: { image: "app:2", build: { target: \(target) } }

            """)
        let result = try Program.run(["import", "web"], in: scratch.url)
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.errors.contains("the build of `app:2` is not carried over") == (target != "fine"))
        #expect(result.output.contains("target: fine") == (target == "fine"), "\(result.output)")
    }

    @Test("What Compose would go on reading is told, with the command that retires it")
    func shadowed() throws {
        let scratch = try ScratchFolder()
        try scratch.write("a/compose.yaml", Self.compose)
        try scratch.write("b/docker-compose.yml", "services:\n  db: { image: \"db:1\" }\n")
        let imported = try Program.run(["import", "a", "b", "-o", "strategy.yaml"], in: scratch.url)
        #expect(imported.status == 0 && !imported.errors.contains("BP608"), "\(imported.errors)")
        #expect(try text(scratch, "strategy.yaml").contains("compose: compose.yaml"))
        try scratch.write("b/docker-compose.override.yml", "services:\n  db: { restart: always }\n")
        try scratch.write("b/it's/x", "")
        let compiled = try Program.run(["compile", "--force"], in: scratch.url)
        #expect(compiled.status == 0, "\(compiled.errors)")
        #expect(compiled.errors.contains("`b/docker-compose.override.yml` is merged over `b/compose.yaml`"))
        #expect(compiled.errors.contains("`rm b/docker-compose.override.yml`"), "\(compiled.errors)")
        let strict = try Program.run(["compile", "--check", "--strict"], in: scratch.url)
        #expect(strict.status == 1 && strict.output.contains("BP608"))
        #expect(
            try Program.run(["compile", "--check", "--strict", "--rule", "artifact-shadowed=off"], in: scratch.url)
                .status
                == 0)
        // The other way round: an older name that is emitted, and a newer one that lies beside it.
        let manifest = try text(scratch, "strategy.yaml").replacing(
            "compose: compose.yaml", with: "compose: docker-compose.yml")
        try scratch.write("strategy.yaml", manifest)
        try scratch.write("a/.env", "SECRET=x\nCOMPOSE_FILE=compose.yaml:more.yaml\n")
        try scratch.write("b/compose.yml", Self.compose)
        let again = try Program.run(["compile", "--force"], in: scratch.url)
        #expect(again.errors.contains("`a/.env` names other files than `a/docker-compose.yml`"), "\(again.errors)")
        #expect(again.errors.contains("`b/compose.yml` is read instead of `b/docker-compose.yml`"), "\(again.errors)")
        #expect(!again.errors.contains("SECRET") && !again.errors.contains("more.yaml"))
        // Once each command that is told has run, nothing is told any more.
        try scratch.write("a/.env", "SECRET=x\n  export COMPOSE_FILE = compose.yaml\n")
        for _ in 0..<3 {
            let told = try Program.run(["compile", "--check"], in: scratch.url)
            for line in (told.output + told.errors).split(separator: "\n") {
                let words = line.split(separator: "`")
                if line.contains("= help:"), words.count > 1, words[1].hasPrefix("rm ") || words[1].hasPrefix("sed ") {
                    _ = try Tool(["sh"], probe: ["-c", ":"]).run(["-c", String(words[1])], in: scratch.url)
                }
            }
        }
        let retired = try Program.run(["compile", "--check", "--strict"], in: scratch.url)
        #expect(retired.status == 0, "\(retired.output) \(retired.errors)")
        #expect(try text(scratch, "a/.env") == "SECRET=x\n")
    }

    @Test("Right after an import nothing is warned of that the import itself wrote")
    func noNoise() throws {
        let scratch = try ScratchFolder()
        var text = "services:\n"
        for name in ["one", "two", "three"] {
            text += "  \(name): { image: \"\(name):1\", container_name: shop-\(name) }\n"
        }
        text +=
            "  four: { image: \"four:1\", container_name: other }\n  nginx: { build: nginx, container_name: shop-nginx }\n"
        try scratch.write("shop/compose.yaml", text)
        try scratch.write("shop/nginx/Dockerfile", "FROM nginx:1.27\n")
        let imported = try Program.run(["import", "shop", "-o", "strategy.yaml"], in: scratch.url)
        #expect(imported.status == 0, "\(imported.errors)")
        let valid = try Program.run(["validate", "--strict"], in: scratch.url)
        #expect(valid.status == 0, "\(valid.output)")
    }

    @Test("A comment is kept wherever it stands")
    func comments() throws {
        let scratch = try ScratchFolder()
        var text = "services:\n  web:\n    image: web:1\n"
        var count = 0
        func word() -> String {
            count += 1
            return "word\(count)"
        }
        for key in ["environment", "labels"] {
            text +=
                "    # \(word())\n    \(key):   # \(word())\n      # \(word())\n      A: b # \(word())\n      #\(word())\n"
        }
        text += "    ports: [ # \(word())\n      \"80:80\", # \(word())\n      # \(word())\n      ] # \(word())\n"
        text +=
            "    command: # \(word())\n    # \(word())\n    - a # \(word())\n    -  # \(word())\n      b\n    ## \(word())\n"
        text +=
            "  # \(word())\n\n# \(word())\n\nvolumes: # \(word())\n  # \(word())\n  data: # \(word())\n    # \(word())\n# \(word())\n"
        try scratch.write("compose.yaml", text)
        let result = try Program.run(["import", "."], in: scratch.url)
        #expect(result.status == 0, "\(result.errors)")
        for index in 1...count {
            let uses = result.output.split(separator: "word\(index)\n", omittingEmptySubsequences: false).count - 1
            #expect(uses == 1, "word\(index) stands there \(uses) times:\n\(result.output)")
        }
    }
}
