import Compiler
import Diagnostics
import Emission
import Inspection
import Rules
import SourceText
import Testing

/// What is told of a build whose Dockerfile cannot be read as one, and of what the `ONBUILD` of a base needs.
struct DockerfileFindingTests {
    /// The findings about builds as `code message: label`; `it` is built from a Dockerfile, `base-a` to `base-c` from others.
    private static func findings(_ dockerfile: String, entries: String = "", bases: [String: String] = [:]) -> [String]
    {
        let manifest = """
            version: 1
            images:
              base-a: { owner: shop, build: ./base-a }
              base-b: { owner: shop, build: ./base-b }
              base-c: { owner: shop, build: ./base-c }
              it: { owner: shop, build: { context: ./it\(entries) } }
            projects:
              shop:
                services:
                  it:
            rules: { unused-image: off, unknown-build-argument: off }

            """
        let layout = Layout(folder: [], manifestName: "strategy.yaml")
        return plan(
            SourceFile(path: "strategy.yaml", bytes: Array(manifest.utf8)), PipelineOptions(layout: layout)
        ) { _, questions in
            let found = questions.probes.map { look in
                let name = look.context.last ?? ""
                let text = name == "it" ? dockerfile : bases[name] ?? "FROM scratch\n"
                return BuildSources.Found.dockerfile(
                    SourceFile(path: look.context.joined(separator: "/"), bytes: Array(text.utf8)))
            }
            return BuildSources(questions, found: found)
        }.diagnostics.sorted().filter { [.undeclaredBase, .cannotResolve, .dockerfileSyntax].contains($0.code) }.map {
            "\($0.code.label) \($0.message): \(([$0.primary] + $0.secondary).map(\.text).joined(separator: "; "))"
        }
    }

    @Test(
        "What does not begin as a Dockerfile is none, and nothing of it is shown",
        arguments: [
            ("", "is empty"), ("\n\n", "has no instruction"), ("# a comment\n", "has no instruction"),
            ("RUN secret\n", "begins, in line 1, with something else than `FROM` or `ARG`"),
            ("# a comment\n\nkey: value\n", "begins, in line 3, with something else than `FROM` or `ARG`"),
        ])
    func strangers(_ dockerfile: String, _ reason: String) {
        let found = Self.findings(dockerfile)
        #expect(found.count == 1 && found[0].hasPrefix("BP307 "), "\(found)")
        #expect(found.contains { $0.contains("is no Dockerfile: it \(reason)") }, "\(found)")
    }

    @Test(
        "Another frontend may give a Dockerfile any meaning",
        arguments: [
            ("# syntax=example/x:1\nFROM base-a\n", "", "`example/x:1` reads it"),
            ("# syntax=example/x:1\nanything\n", "", "another frontend reads its Dockerfile"),
            ("FROM base-a\n", ", args: { BUILDKIT_SYNTAX: 'example/y:1 option' }", "`example/y:1` reads it"),
            (
                "FROM base-a\n", ", args: { BUILDKIT_SYNTAX: '${V}' }",
                "`BUILDKIT_SYNTAX` is known only when it is built"
            ),
            ("# syntax=example/x:1\nFROM base-a\n", ", args: { BUILDKIT_SYNTAX: 'docker/dockerfile:1' }", "`base-a`"),
            ("# syntax=docker/dockerfile-upstream:1\nFROM base-a\n", "", "`base-a`"),
            ("# syntax=docker.io/docker/dockerfile:1.7\nFROM base-a\n", "", "`base-a`"),
            ("# syntax=ghcr.io/docker/dockerfile:1\nFROM base-a\n", "", "`ghcr.io/docker/dockerfile:1` reads it"),
        ])
    func frontends(_ dockerfile: String, _ entries: String, _ text: String) {
        let found = Self.findings(dockerfile, entries: entries)
        #expect(found.count == 1 && found[0].contains(text), "\(found)")
    }

    @Test("What a base's ONBUILD takes from a stage is needed, with all that the stage stands on")
    func triggers() {
        let it = "FROM base-b AS more\nFROM more AS most\nFROM base-c AS never\nFROM base-a\n"
        func bases(_ trigger: String) -> [String] {
            let found = Self.findings(it, bases: ["base-a": "FROM scratch\nONBUILD \(trigger)\n"])
            return ["base-a", "base-b", "base-c"].filter { name in found.contains { $0.contains("`\(name)`") } }
        }
        #expect(bases("RUN x") == ["base-a"])
        #expect(bases("COPY --from=most /x /") == ["base-a", "base-b"])
        #expect(bases("COPY --from=base-c /x /") == ["base-a", "base-c"])
    }
}
