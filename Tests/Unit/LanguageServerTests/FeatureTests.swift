import Testing

@testable import LanguageServer

/// What an editor asks about findings, and about the place of the cursor, for which a `‸` stands.
struct FeatureTests {
    // MARK: Findings

    @Test("A finding is repaired, or allowed with a reason, where the editor asks for that")
    func actions() throws {
        var session = EditorSession(
            """
            version: 1
            images: { a: { pull: 'r:1' } }
            projects:
              p:
                services:
                  a:
                    environment: { A: 0‸x10 }

            """)
        let actions = session.ask("codeAction")["result"]?.items ?? []
        #expect(
            actions.compactMap { $0["title"]?.string } == [
                "write `0x10` in quotes", "Allow number-arrives-as-another here, with a reason",
            ])
        #expect(session.edited(actions.first?["edit"]) == session.text.replacing("0x10", with: "\"0x10\""))
        #expect(
            session.edited(actions.last?["edit"])
                == session.text.replacing(
                    "        environment",
                    with: "        # bayplan: allow(number-arrives-as-another) say why here\n        environment"))
        for (only, count) in [("quickfix", 2), ("", 2), ("refactor", 0)] {
            let context: JSONValue = ["only": [.string(only)]]
            #expect(session.ask("codeAction", [.init("context", context)])["result"]?.items.count == count, "\(only)")
        }
        var elsewhere = EditorSession(session.text.replacing("images", with: "‸images"))
        #expect(elsewhere.ask("codeAction")["result"]?.items == [])
    }

    // MARK: What stands or may stand at the cursor

    private static let project = "projects: { p: { services: {} } }\n"

    @Test(
        "What is said of what stands at the cursor",
        arguments: [
            (
                "images: { a‸: { pull: 'r:1', description: D. } }",
                ["**image `a`**", "D.", "- `development`: `r:1`", "- run by: nobody"]
            ),
            (
                "images: { a‸: { owner: p, build: ., needs: [b] }, b: { pull: 'b:1' } }\nprojects: { p: { services: { s: { image: a }, t: { image: a } } } }\nenvironments: { live: { tag: '2', projects: { p: { services: { a: } } } } }",
                [
                    "- owner: `p`", "- needs: `b`", "- run by: `p/s`, `p/t`", "- `live`: `a:2`",
                    "- run in `live` alone: `p/a`",
                ]
            ),
            (
                "images: { a: { pull: 'r:1', owner: p } }\nprojects: { ‸p: { description: D., path: x, after: [q, q/a], services: { a: } }, q: { services: { a: } } }",
                ["**project `p`**", "D.", "- path: `x`", "- services: 1", "- starts after: `q`, `q/a`", "- owns: `a`"]
            ),
            (
                "images: { a: { pull: 'r:1' } }\nprojects: { p: { services: { ‸s: { image: a, profiles: [x] } } } }\nenvironments: { live: { tag: '1' } }",
                ["**service `s`**", "`development`: container `p-s`, image `r:1`", "`live`: container", "```yaml"]
            ),
            (
                "images: { a: { pull: 'r:1' } }\nprojects: { p: { services: { ‸a: { colour: red } } } }",
                ["What it becomes shows once no error is left."]
            ),
            (
                "projects: { p: { services: {}, networks: { ‸n: { internal: true } } } }",
                ["**`n`**: of networks in `p`"]
            ),
            ("images:\n  a:\n    ‸pull: 'r:1'", ["**pull**"]), ("‸images: {}", ["**images**", "For example"]),
            ("images: { a: { pull: ‸'redis' } }", ["BP502 floating-tag"]),
        ])
    func hover(_ manifest: String, _ expected: [String]) {
        var session = EditorSession(
            "version: 1\n" + manifest + "\n" + (manifest.contains("projects:") ? "" : Self.project))
        let said = session.ask("hover")["result"]?["contents"]?["value"]?.string ?? ""
        for text in expected { #expect(said.contains(text), "\(said)") }
    }

    @Test(
        "Nothing is said of what means nothing",
        arguments: ["images: { a: { pull: 'r:‸1' } }", "images: {}\n‸# a comment", "images: {}\nx-own: { ke‸y: 1 }"])
    func silence(_ manifest: String) {
        var session = EditorSession("version: 1\n" + manifest + "\n" + Self.project)
        #expect(session.ask("hover")["result"] == nil)
    }

    private static let offered = """
        version: 1
        images:
          api: { pull: 'api:1' }
          web: { pull: 'web:1' }
        naming: { container: NAMING }
        projects:
          shop:
            after: AFTER
            services:
              api: BODY
              web:
            networks: { edge: }
            volumes: { data: }
            configs: { conf: }
            secrets: { key: }
            models: { words: { model: m } }
          desk:
            services:
              api:

        """

    @Test(
        "What is offered at the cursor, and what is not",
        arguments: [
            ("BODY", "{ depends_on: [‸] }", ["web"], ["api", "desk"]),
            ("BODY", "{ depends_on: { ‸ } }", ["web"], ["api"]),
            ("BODY", "{ depends_on: [web], ‸ }", ["networks", "tty"], ["depends_on"]),
            ("BODY", "{ network_mode: ‸ }", ["service:web"], ["service:api"]),
            ("BODY", "{ pid: ‸ }", ["service:web"], []),
            ("BODY", "{ image: ‸ }", ["api", "web"], ["shop"]), ("BODY", "{ networks: [‸] }", ["edge"], ["data"]),
            ("BODY", "{ networks: { ‸ } }", ["edge"], ["data"]), ("BODY", "{ volumes: [‸] }", ["data:"], ["edge"]),
            ("BODY", "{ volumes: [{ source: ‸ }] }", ["data"], []), ("BODY", "{ configs: [‸] }", ["conf"], []),
            ("BODY", "{ configs: [{ source: ‸ }] }", ["conf"], []), ("BODY", "{ secrets: [‸] }", ["key"], []),
            ("BODY", "{ models: [‸] }", ["words"], []), ("BODY", "{ tty: ‸ }", ["true", "false"], ["api"]),
            ("BODY", "{ restart: ‸ }", ["always"], ["true"]), ("BODY", "{ links: [ \"‸\" ] }", ["web"], []),
            ("BODY", "{ tty: true } # ‸", [], ["tty", "api"]), ("BODY", "{ labels: { a: 1 } }‸", [], ["tty"]),
            ("BODY", "\n        command: |\n          depends‸", [], ["depends_on"]),
            ("BODY", "\n        depends_on:\n          - ‸", ["web"], ["api"]),
            ("BODY", "\n        depends_on:\n          ‸", ["web", "- web"], ["api"]),
            ("BODY", "\n        te‸", ["tty"], ["images"]), ("BODY", "\n        ‸tty: true", ["tty", "init"], []),
            (
                "BODY", "\n        volumes:\n          - type: volume\n            sour‸", ["source", "target"],
                ["type"]
            ),
            ("AFTER", "[‸]", ["desk", "desk/api"], ["shop"]),
            ("NAMING", "‸", ["\"{project}\"", "\"{service}\""], ["api"]),
        ])
    func completion(_ place: String, _ text: String, _ offered: [String], _ not: [String]) {
        let parts = Self.offered.replacing(place, with: text)
        var session = EditorSession(
            ["BODY", "AFTER", "NAMING"].reduce(parts) { $0.replacing($1, with: $1 == "AFTER" ? "[]" : "") })
        let answer = session.ask("completion")
        let labels = answer["result"]?["items"]?.items.compactMap { $0["label"]?.string } ?? []
        for label in offered { #expect(labels.contains(label), "\(labels)") }
        for label in not { #expect(!labels.contains(label), "\(labels)") }
    }

    @Test(
        "Names are offered as keys where the manifest declares them",
        arguments: [
            ("environments:\n  live:\n    images:\n      ‸", ["api", "web"]),
            ("environments:\n  live:\n    projects:\n      ‸", ["shop", "desk"]),
            ("environments:\n  live:\n    projects:\n      desk:\n        services:\n          ‸", ["api", "web"]),
            ("rules:\n  ‸", ["moving-tag", "hardening"]), ("‸", ["environments", "defaults"]),
        ])
    func declared(_ end: String, _ offered: [String]) {
        var session = EditorSession(
            Self.offered.replacing("AFTER", with: "[]").replacing("BODY", with: "").replacing("NAMING", with: "x") + end
        )
        let answer = session.ask("completion")
        let labels = answer["result"]?["items"]?.items.compactMap { $0["label"]?.string } ?? []
        for label in offered { #expect(labels.contains(label), "\(labels)") }
    }
}
