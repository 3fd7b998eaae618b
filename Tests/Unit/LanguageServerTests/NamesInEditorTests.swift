import Testing

@testable import LanguageServer

/// What an editor asks about names: their places, other names for them, the outline. A `‸` stands for the cursor.
struct NamesInEditorTests {
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
        var session = EditorSession(Self.services.replacing(text, with: marked, maxReplacements: 1))
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
        var session = EditorSession("version: 1\n" + manifest)
        let answer = session.ask("rename", [.init("newName", .string(name))])
        #expect(answer["error"]?["message"]?.string?.contains(why) == true, "\(answer)")
    }

    @Test("References, definitions and highlights are the places of one thing")
    func places() {
        var session = EditorSession(Self.services.replacing("image: 'api'", with: "image: 'a‸pi'"))
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
        var session = EditorSession(Self.services + "environments: { live: { tag: '1' } }\nx-more: 1\n")
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
}
