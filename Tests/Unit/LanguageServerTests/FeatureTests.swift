import Compiler
import Emission
import Inspection
import Resolution
import SourceText
import Testing

@testable import LanguageServer

/// What an editor asks about a manifest. A `‸` stands for the cursor.
struct FeatureTests {
    /// A server in which one manifest is open, and where the cursor stands in it.
    private struct Session {
        var server: LanguageServer
        let text: String
        private let position: JSONValue

        init(_ marked: String) {
            server = LanguageServer(ServerHost(version: "1") { source, _ in unlookingAnalysis(source) })
            text = marked.replacing("‸", with: "")
            let before = marked.prefix { $0 != "‸" }.split(separator: "\n", omittingEmptySubsequences: false)
            position = ["line": .integer(before.count - 1), "character": .integer(before.last?.utf16.count ?? 0)]
            _ = server.receive(Array(#"{"id":0,"method":"initialize","params":{}}"#.utf8))
            let opened: JSONValue = [
                "method": "textDocument/didOpen",
                "params": ["textDocument": ["uri": "file:///w/strategy.yaml", "version": 1, "text": .string(text)]],
            ]
            _ = server.receive(opened.bytes)
            _ = server.publish()
        }

        /// The whole answer to a request at the cursor.
        mutating func ask(_ method: String, _ more: [JSONValue.Member] = []) -> JSONValue {
            let parameters: [JSONValue.Member] = [
                .init("textDocument", ["uri": "file:///w/strategy.yaml"]), .init("position", position),
                .init("range", ["start": position, "end": position]),
            ]
            let message: JSONValue = [
                "id": 1, "method": .string("textDocument/" + method), "params": .object(parameters + more),
            ]
            return server.receive(message.bytes).first.flatMap { JSONReader.read($0) } ?? .null
        }

        /// The text after the edits of an answer.
        func edited(_ edit: JSONValue?) -> String {
            let document = Document(uri: "", path: "", version: nil, text: text, encoding: .utf16)
            var changed = document
            let edits = edit?["changes"]?["file:///w/strategy.yaml"]?.items ?? []
            for edit in edits.reversed() {
                changed.apply(
                    .object([.init("range", edit["range"] ?? .null), .init("text", edit["newText"] ?? .null)]))
            }
            return String(decoding: changed.bytes, as: UTF8.self)
        }
    }

    // MARK: Names

    private static let services = """
        version: 1
        images:
          api: { pull: "api:1" }
          web: { pull: "web:1" }
        projects:
          shop:
            services:
              api:
              web: { depends_on: [api], network_mode: "service:api" }
          desk:
            after: [shop/api]
            services:
              api:
                tty: true
              other: { image: "api", links: ["api:a"] }
              third: { image: 'api' }
          bar: { services: { api: {}, web: } }

        """

    @Test(
        "A name changes wherever it stands, and what follows from it stays",
        arguments: [
            (
                "  api: { pull", "  ‸api: { pull", "core",
                """
                version: 1
                images:
                  core: { pull: "api:1" }
                  web: { pull: "web:1" }
                projects:
                  shop:
                    services:
                      api:
                        image: core
                      web: { depends_on: [api], network_mode: "service:api" }
                  desk:
                    after: [shop/api]
                    services:
                      api:
                        image: core
                        tty: true
                      other: { image: "core", links: ["api:a"] }
                      third: { image: 'core' }
                  bar: { services: { api: {image: core}, web: } }

                """
            ),
            (
                "[shop/api]", "[shop/a‸pi]", "front",
                """
                version: 1
                images:
                  api: { pull: "api:1" }
                  web: { pull: "web:1" }
                projects:
                  shop:
                    services:
                      front:
                        image: api
                      web: { depends_on: [front], network_mode: "service:front" }
                  desk:
                    after: [shop/front]
                    services:
                      api:
                        tty: true
                      other: { image: "api", links: ["api:a"] }
                      third: { image: 'api' }
                  bar: { services: { api: {}, web: } }

                """
            ),
            (
                "  shop:", "  sho‸p:", "store",
                """
                version: 1
                images:
                  api: { pull: "api:1" }
                  web: { pull: "web:1" }
                projects:
                  store:
                    path: shop
                    services:
                      api:
                      web: { depends_on: [api], network_mode: "service:api" }
                  desk:
                    after: [store/api]
                    services:
                      api:
                        tty: true
                      other: { image: "api", links: ["api:a"] }
                      third: { image: 'api' }
                  bar: { services: { api: {}, web: } }

                """
            ),
            ("  shop:", "  sho‸p:", "shop", services),
        ])
    func renamed(_ text: String, _ marked: String, _ name: String, _ expected: String) throws {
        var session = Session(Self.services.replacing(text, with: marked, maxReplacements: 1))
        #expect(session.ask("prepareRename")["result"]?["placeholder"]?.string != nil)
        let answer = session.ask("rename", [.init("newName", .string(name))])
        #expect(session.edited(answer["result"]) == expected, "\(answer)")
    }

    @Test(
        "What cannot be renamed says why",
        arguments: [
            ("images: { a‸: { pull: 'a:1' } }", "A", "no image name"),
            ("images: { a‸: { pull: 'a:1' }, b: { pull: 'b:1' } }", "b", "there is a `b` already"),
            ("images: { a‸: { pull: 'a:1' } }", "a_b", "does not follow"),
            (
                "naming: { image: 'x.*' }\nimages: { xa‸: { pull: 'a:1' } }", "ab",
                "does not follow this manifest's pattern for such names, `x.*`"
            ),
            ("images: { a‸: { pull: 'a:1' } }", "null", "would be read as something else"),
            ("images: { a‸: { pull: 'a:1' } }", "12", "would be read as something else"),
            ("projects: { p‸: { services: {} } }", "P", "a project name is"),
            ("projects: { p‸: { services: {} }, q: { services: {} } }", "q", "there is a `q` already"),
            (
                "images: { a: { pull: 'a:1' } }\nprojects: { p: { services: { ‸s: { image: a } } } }", "s/t",
                "a service name is"
            ),
            (
                "images: { a: { pull: 'a:1' } }\nprojects: { p: { services: { ‸s: { image: a }, t: { image: a } } } }",
                "t", "there is a `t` already"
            ),
            ("projects: { p: { services: {}, networks: { ‸n: } } }", "m", "only images, projects and services"),
            ("images: { a: { pull: 'a:1', own‸er: p } }", "b", "no image, project or service"),
            ("images: { a: { pull: 'a:1', owner: ‸nobody } }", "b", "`nobody` is not declared"),
            ("projects: { p: { services: { s: { image: ‸gone } } } }", "b", "`gone` is not declared"),
            ("images: { a‸: { pull: [ }", "b", "cannot be read as YAML"),
            (
                "images: { a‸: { owner: p, build: . }, b: { owner: p, build: { context: ., additional_contexts: [\"x=docker-image://a:1\"] } } }\nprojects: { p: { services: {} } }",
                "c", "named by its reference in `additional_contexts`"
            ),
            (
                "x-list: &list [a]\nimages: { \"\\x61\": { pull: 'a:1' }, b: { pull: 'b:1', needs: [‸a] } }", "c",
                "not spelt out at every place"
            ),
            (
                "x-body: &body { tty: true }\nimages: { a‸: { pull: 'a:1' } }\nprojects: { p: { services: { a: *body } } }",
                "c",
                "its body is shared or written in a way that takes none"
            ),
        ])
    func refused(_ manifest: String, _ name: String, _ why: String) {
        var session = Session("version: 1\n" + manifest)
        let answer = session.ask("rename", [.init("newName", .string(name))])
        #expect(answer["error"]?["message"]?.string?.contains(why) == true, "\(answer)")
    }

    @Test("References, definitions and highlights are the places of one thing")
    func places() {
        var session = Session(Self.services.replacing("image: 'api'", with: "image: 'a‸pi'"))
        func lines(_ method: String, _ more: [JSONValue.Member] = []) -> [Int] {
            session.ask(method, more)["result"]?.items.compactMap { $0["range"]?["start"]?["line"]?.integer } ?? []
        }
        #expect(lines("definition") == [2])
        #expect(lines("references") == [7, 12, 14, 15, 16])
        #expect(lines("references", [.init("context", ["includeDeclaration": true])]) == [2, 7, 12, 14, 15, 16])
        #expect(lines("documentHighlight") == [2, 7, 12, 14, 15, 16])
    }

    @Test("The outline has images, projects with their services, and environments")
    func outline() {
        var session = Session(Self.services + "environments: { live: { tag: '1' } }\nx-more: 1\n")
        func names(_ symbols: [JSONValue]) -> String {
            symbols.map { symbol in
                let children = symbol["children"]?.items ?? []
                return (symbol["name"]?.string ?? "") + (children.isEmpty ? "" : "(" + names(children) + ")")
            }.joined(separator: " ")
        }
        #expect(
            names(session.ask("documentSymbol")["result"]?.items ?? [])
                == "images(api web) projects(shop(api web) desk(api other third) bar(api web)) environments(live)")
    }

    // MARK: Findings

    @Test("A finding is repaired, or allowed with a reason, where the editor asks for that")
    func actions() throws {
        var session = Session(
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
        var elsewhere = Session(session.text.replacing("images", with: "‸images"))
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
        var session = Session("version: 1\n" + manifest + "\n" + (manifest.contains("projects:") ? "" : Self.project))
        let said = session.ask("hover")["result"]?["contents"]?["value"]?.string ?? ""
        for text in expected { #expect(said.contains(text), "\(said)") }
    }

    @Test(
        "Nothing is said of what means nothing",
        arguments: ["images: { a: { pull: 'r:‸1' } }", "images: {}\n‸# a comment", "images: {}\nx-own: { ke‸y: 1 }"])
    func silence(_ manifest: String) {
        var session = Session("version: 1\n" + manifest + "\n" + Self.project)
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
        var session = Session(
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
        var session = Session(
            Self.offered.replacing("AFTER", with: "[]").replacing("BODY", with: "").replacing("NAMING", with: "x") + end
        )
        let answer = session.ask("completion")
        let labels = answer["result"]?["items"]?.items.compactMap { $0["label"]?.string } ?? []
        for label in offered { #expect(labels.contains(label), "\(labels)") }
    }
}
