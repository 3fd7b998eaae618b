import Diagnostics
import StrategyManifest
import Testing
import YAMLSyntax

@testable import Rules

/// Many of the same are told in few words, at the bounds of how many are shown.
struct FewOfManyTests {
    @Test(arguments: [
        (0, ""), (1, "a0"), (2, "a0 and a1"), (4, "a0, a1, a2 and a3"), (5, "a0, a1, a2 and 2 more"),
    ])
    func names(_ count: Int, _ expected: String) { #expect(fewOf((0..<count).map { "a\($0)" }) == expected) }

    /// The labels of the one finding of a code, where each of so many services has the same line.
    private static func labels(_ count: Int, _ line: String, _ code: Code) -> [String] {
        var text = "version: 1\nimages: { db: { pull: 'postgres:17' } }\nprojects:\n  shop:\n    services:\n"
        for index in 0..<count { text += "      s\(index): { image: db, \(line) }\n" }
        let found = RuleFixture.findings(in: text)
            .filter { $0.code == code }
        return found.count == 1 ? found[0].secondary.map(\.text) : ["\(found.count) findings"]
    }

    @Test(arguments: [
        (20, 19, "and so does `s19`"), (21, 20, "and so does `s20`"), (22, 21, "and so does `s21`"),
        (23, 21, "and so does `s21`, and 1 more"),
    ])
    func ports(_ count: Int, _ shown: Int, _ last: String) {
        let labels = Self.labels(count, "ports: ['127.0.0.1:8080:80']", .portTaken)
        #expect(labels.count == shown && labels.last == last, "\(labels.suffix(2))")
    }

    @Test(arguments: [
        (99, 98, "and so does service `s98` here"), (100, 99, "and so does service `s99` here"),
        (101, 100, "and so does service `s100` here"), (102, 100, "and so does service `s100` here, and 1 more"),
    ])
    func containerNames(_ count: Int, _ shown: Int, _ last: String) {
        let labels = Self.labels(count, "container_name: db", .containerNameTaken)
        #expect(labels.count == shown && labels.last == last, "\(labels.suffix(2))")
    }

    @Test("Of unknown names as many are kept as can be told, and the others counted")
    func unknownNames() {
        var symbols = SymbolTable()
        var names = UnknownNames<Int>()
        for index in 0..<(DiagnosticList.capacity + 3) {
            names.note(Name(symbols.intern("n\(index)"), at: .beginning), index)
        }
        names.note(Name(symbols.intern("n0"), at: .beginning), -1)
        #expect(names.furtherNames == 3 && names.inOrder.count == DiagnosticList.capacity)
        #expect(names.inOrder[0].places.map(\.place) == [0, -1])
    }

    @Test(
        "Unknown names beyond those that can be told are counted",
        arguments: [("projects", Code.unknownProject), ("images", .unknownImage)])
    func furtherNames(_ key: String, _ code: Code) {
        var text = "version: 1\nimages: { db: { pull: 'postgres:17' } }\nprojects: { shop: { services: { db: } } }\n"
        text += "environments:\n  live:\n    \(key):\n"
        for index in 0..<(DiagnosticList.capacity + 3) { text += "      n\(index): {}\n" }
        let found = RuleFixture.findings(in: text)
        #expect(found.count { $0.code == code } == DiagnosticList.capacity)
        #expect(found.contains { $0.message.hasPrefix("there are 3 more findings than the 10000 ") })
    }
}
