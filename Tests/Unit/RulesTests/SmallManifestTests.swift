import Diagnostics
import SourceText
import TestSupport
import Testing

/// Findings of small manifests, where one of two cases that look alike is a fault.
struct SmallManifestTests {
    private static func findings(_ text: String, below folder: ScratchFolder? = nil) -> [Diagnostic] {
        RuleFixture.findings(in: text, projects: folder?.url.path)
    }

    @Test(
        "Subnets overlap from their first common address on, but not those of one network of the engine",
        arguments: [
            ("subnet: 10.1.0.0/31", "subnet: 10.1.0.1/32", "", "", 1),
            ("subnet: 10.1.0.0/31", "subnet: 10.1.0.2/31", "", "", 0),
            ("subnet: 10.1.0.0/24", "subnet: 10.1.0.0/24", "name: a, ", "name: b, ", 1),
            ("subnet: 10.1.0.0/24", "subnet: 10.1.0.0/24", "name: a, ", "name: a, ", 0),
        ])
    func subnets(_ one: String, _ other: String, _ its: String, _ others: String, _ count: Int) {
        let found = Self.findings(
            """
            version: 1
            images: { cache: { pull: 'redis:7-alpine' } }
            projects:
              a:
                services: { cache: { networks: [n] } }
                networks: { n: { \(its)ipam: { config: [{ \(one) }] } } }
              b:
                services: { cache: { networks: [n] } }
                networks: { n: { \(others)ipam: { config: [{ \(other) }] } } }

            """)
        #expect(found.count { $0.code == .subnetOverlap } == count, "\(found.map(\.message))")
    }

    private static func built(_ dockerfile: String) -> String {
        """
        version: 1
        projects: { shop: { services: { api: } } }
        images:
          base: { owner: shop, build: b }
          api:
            owner: shop
            build:
              context: a
              dockerfile_inline: |-
        \(dockerfile.split(separator: "\n").map { "        " + $0 }.joined(separator: "\n"))
        """
    }

    @Test("A base that two stages use and `needs` lacks is one finding")
    func undeclaredBase() throws {
        let text = Self.built("FROM base AS one\nFROM base\nCOPY --from=one /x /x")
        let found = Self.findings(text, below: try ScratchFolder()).filter { $0.code == .undeclaredBase }
        #expect(found.count == 1 && found[0].secondary.count == 2, "\(found)")
    }

    @Test("What is found in the last line of a text that ends the file is shown there")
    func lastLine() throws {
        let text = Self.built("FROM scratch AS one\nFROM base")
        let found = Self.findings(text, below: try ScratchFolder()).filter { $0.code == .undeclaredBase }
        let span = found.first?.secondary.first?.location.span
        #expect(span == Span(UInt32(text.utf8.count) - 4, UInt32(text.utf8.count)), "\(found)")
    }

    @Test("An empty word behind an option that takes a secret is none", arguments: ["", "x"])
    func emptySecret(_ word: String) {
        let found = Self.findings(
            """
            version: 1
            images: { db: { pull: 'postgres:17' } }
            projects: { shop: { services: { db: { command: [run, --password, "\(word)"] } } } }

            """)
        #expect(found.count { $0.code == .literalSecret } == word.utf8.count, "\(found.map(\.message))")
    }
}
