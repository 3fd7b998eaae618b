import Diagnostics
import Testing

/// The fixtures of the rules on references, Compose and one host.
@Suite
struct RuleFixtureTests {
    private static let codes: [UInt16] = Array(205...211) + Array(222...227) + [229] + Array(401...403)

    @Test("A bad fixture is found with its code alone, a good one has no finding", arguments: codes)
    func fixtures(_ number: UInt16) throws {
        let folder = "Tests/Fixtures/rules/BP\(number)-"
        let files = try Fixtures.manifests { _ in true }.filter { $0.hasPrefix(folder) }
        #expect(files.contains { $0.contains("/good-") } && files.contains { $0.contains("/bad-") })
        for file in files where !file.contains("/suppressed-") {
            let found = Checked(try Repository.text(file)).diagnostics.filter { $0.severity != .info }
            if file.contains("/good-") {
                #expect(found.isEmpty, "\(file): \(found.map(\.message))")
            } else {
                #expect(!found.isEmpty, "\(file) has no finding")
                #expect(found.allSatisfy { $0.code.number == number }, "\(file): \(found.map(\.code.label))")
                for diagnostic in found {
                    #expect(!diagnostic.help.isEmpty && !diagnostic.primary.text.isEmpty, "\(diagnostic.message)")
                    #expect(diagnostic.primary.location.span.count > 0, "\(diagnostic.message)")
                }
            }
        }
    }

    @Test("A fault of a fragment that many services share is told once")
    func onceForAll() {
        let services = (0..<20).map { "      s\($0):\n        image: api\n" }.joined()
        let found = Checked(
            """
            version: 1
            images:
              api: {pull: "busybox:1.36"}
            defaults:
              service: {networks: [nowhere], stop_grace_period: "10", command: "${X"}
            projects:
              shop:
                services:
            \(services)
            environments:
              staging:
              production: {tag: "1"}
            """)
        #expect(Set(found.errors.map(\.code.number)) == [207, 223, 226])
        #expect(Set(found.errors.map(\.primary.location.span)).count == 3)
    }
}
