import Foundation
import TestSupport
import Testing

/// What a change reaches, from the command line: `fingerprint` and `order --affected-by`, `--since`.
struct ChangeTests {
    private let folder: ScratchFolder

    init() throws {
        folder = try ScratchFolder()
        try folder.write(
            "strategy.yaml",
            """
            version: 1
            images:
              base: {owner: p, build: ./base}
              app: {owner: p, build: {context: ./app, args: {V: "${V}"}}, needs: [base]}
              lone: {owner: q, build: .}
            projects:
              p: {services: {app: , base: }}
              q: {services: {lone: , again: {image: app}}}

            """)
        for name in ["p/base", "p/app", "q"] { try folder.write(name + "/Dockerfile", "FROM scratch\nCOPY . /\n") }
        try folder.write("p/app/.dockerignore", "*.md\n")
        try folder.write("p/app/a b.py", "one\n")
    }

    private func run(_ words: String..., environment: [String: String] = [:]) throws -> (
        status: Int32, output: String, errors: String
    ) {
        try Program.run(words, in: folder.url, environment: environment)
    }

    private func fingerprints(_ environment: [String: String] = [:]) throws -> [String: String] {
        let result = try run("fingerprint", environment: environment)
        #expect(result.status == 0, "\(result.errors)")
        return Dictionary(
            uniqueKeysWithValues: result.output.split(separator: "\n").map { line in
                let words = line.split(separator: " ")
                return (String(words[0]), String(words[1]))
            })
    }

    @Test("A fingerprint changes with what is sent and with nothing else")
    func fingerprint() throws {
        let before = try fingerprints()
        #expect(before.values.allSatisfy { $0.count == 64 } && before.count == 3)
        try folder.write("p/app/notes.md", "ignored\n")
        #expect(try fingerprints() == before)
        #expect(try fingerprints(["V": "2"])["app"] != before["app"])
        #expect(try fingerprints(["V": "2"])["lone"] == before["lone"])
        try folder.write("p/base/new", "")
        let after = try fingerprints()
        #expect(after["base"] != before["base"] && after["app"] != before["app"] && after["lone"] == before["lone"])
    }

    @Test("Without a fingerprint: which image, and why")
    func unknowable() throws {
        try folder.write("q/Dockerfile", "FROM scratch\nADD https://example.com/x /\n")
        try folder.write("p/base/.dockerignore", "a\n!\n")
        let result = try run("fingerprint")
        #expect(result.status == 1)
        #expect(result.output.isEmpty)
        #expect(result.errors.contains("lone has no fingerprint: its Dockerfile adds what it fetches"))
        #expect(result.errors.contains("base has no fingerprint: p/base/.dockerignore:2 has a `!` without a pattern"))
        #expect(result.errors.contains("app has no fingerprint: its base base has none"))
        try FileManager.default.removeItem(at: folder.url.appending(path: "q"))
        try FileManager.default.createSymbolicLink(
            atPath: folder.url.appending(path: "q").path, withDestinationPath: "/etc")
        #expect(
            try run("fingerprint", "lone").errors.contains(
                "q: it is a symbolic link, and bayplan follows no link below the root"))
    }

    @Test("What paths reach, with reasons")
    func affected() throws {
        #expect(
            try run("order", "--affected-by", "p/base/x").output == """
                images
                  base     p/base/x is sent to its build
                  app      is built from base
                services
                  p/app    runs app
                  p/base   runs base
                  q/again  runs app

                """)
        #expect(try run("order", "--affected-by", "p/app/x.md").output == "no image is affected\n")
        #expect(try run("order", "--affected-by", "p/app/x.md").errors.isEmpty)
        let stray = try run("order", "--affected-by", "p/app/x.md", "--affected-by", "nosuch")
        #expect(stray.errors == "bayplan: nosuch lies in no project's folder, and no build reads it\n")
        #expect(try run("order", "--affected-by", "p/app/.dockerignore").output.contains("decides what is sent"))
        #expect(
            try run("order", "--affected-by", "p/app/Dockerfile", "--format", "json").output.contains(
                "\"kind\": \"dockerfile\""))
        #expect(try run("order", "--affected-by", "../else").status == 2)
        #expect(
            try run("order", "--format", "github-matrix", "--affected-by", "q/x").output
                == "{\"stage-1\":{\"include\":[{\"target\":\"lone\",\"images\":\"lone\",\"references\":\"lone:latest\",\"owner\":\"q\"}]},\"stage-2\":{\"include\":[]}}\n"
        )
        #expect(try run("order", "--format", "dot").output.contains("build0 -> build1;"))
        #expect(try run("order", "app").output == "stage 1\n  base  by p\nstage 2\n  app   by p  on base\n")
    }

    @Test("Since a revision: committed, changed, new, and the manifest's own past")
    func since() throws {
        func git(_ words: String...) throws {
            let result = try Tool.run(
                ["git", "-c", "user.name=Test", "-c", "user.email=test@example.com"] + words, in: folder.url)
            #expect(result.status == 0, "\(result.errors)")
        }
        try git("init", "-q")
        try git("add", ".")
        try git("commit", "-qm", "all")
        #expect(try run("order", "--since", "HEAD").output == "no image is affected\n")
        try folder.write("p/app/a b.py", "two\n")
        #expect(
            try run("order", "--since", "HEAD").output.hasPrefix(
                "images\n  app      p/app/a b.py is sent to its build\n"))
        try git("commit", "-qam", "app")
        #expect(try run("order", "--since", "HEAD").output == "no image is affected\n")
        #expect(try run("order", "--since", "HEAD~1").output.contains("  app "))
        try folder.write("q/new", "")
        let text = String(decoding: try folder.read("strategy.yaml"), as: UTF8.self)
        try folder.write("strategy.yaml", text.replacing("V: \"${V}\"", with: "V: three"))
        let result = try run("order", "--since", "HEAD").output
        #expect(result.contains("app      its build in the manifest is another"))
        #expect(result.contains("lone     q/new is sent to its build"))
        #expect(!result.contains("  base "))
        // A change of services alone reaches no image, and is told all the same.
        try git("add", ".")
        try git("commit", "-qm", "three")
        let committed = String(decoding: try folder.read("strategy.yaml"), as: UTF8.self)
        try folder.write(
            "strategy.yaml",
            committed.replacing("lone: , again: {image: app}", with: "lone: {tty: true}, more: {image: app}"))
        #expect(
            try run("order", "--since", "HEAD").output == """
                services
                  q/lone  is recreated: tty
                  q/more  is created; the container of again stays until it is removed

                """)
        #expect(try run("order", "app", "--since", "HEAD").output.split(separator: "\n").count == 2)
        #expect(
            try run("order", "--format", "json", "--since", "HEAD").output.contains(
                "\"image\": \"lone\",\n      \"change\": \"is recreated: tty\""))
        try folder.write("strategy.yaml", committed.replacing("V: three", with: "V: four"))
        #expect(!(try run("order", "--since", "HEAD").output.contains("recreated")))
        for revision in ["nope", "--output=x", "HEAD\n", ""] {
            #expect(try run("order", "--since=" + revision).status == 2)
        }
    }
}
