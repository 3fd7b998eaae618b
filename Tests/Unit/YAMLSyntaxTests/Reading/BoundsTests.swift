import Diagnostics
import Testing

@testable import YAMLSyntax

/// Hostile texts end soon, in a diagnostic.
struct BoundsTests {
    private static func nested(_ open: String, _ count: Int) -> String { String(repeating: open, count: count) }

    /// Reads a text; one of 1 MiB takes a second or two in a debug build, and hours where work is quadratic.
    private func inBoundedTime(_ text: String, limits: Limits = Limits()) -> [Code] {
        var codes: [Code] = []
        let spent = ContinuousClock().measure { codes = faults(text, limits: limits) }
        #expect(spent < .seconds(300))
        return codes
    }

    @Test(arguments: ["[", "{a: ", "- ", "? ", "[a, ", "{? "])
    func depth(_ open: String) {
        #expect(inBoundedTime(Self.nested(open, 100_000)) == [.limitExceeded])
    }

    @Test func depthAtTheLimit() {
        #expect(faults(Self.nested("[", 100) + Self.nested("]", 100)) == [])
        #expect(faults(Self.nested("[", 101) + Self.nested("]", 101)) == [.limitExceeded])
    }

    @Test func depthThroughAliases() {
        var text = "a0: &a0 [x]\n"
        for level in 1...99 { text += "a\(level): &a\(level) [*a\(level - 1)]\n" }
        // The mapping, and one sequence for each link of the chain.
        #expect(faults(text.split(separator: "\n").prefix(99).joined(separator: "\n")) == [])
        #expect(faults(text) == [.limitExceeded])
    }

    @Test func aliasBombs() {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
        for level in 1...30 {
            text +=
                "a\(level): &a\(level) [" + Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ") + "]\n"
        }
        #expect(inBoundedTime(text) == [.limitExceeded])
        var merged = "a0: &a0 {k: {x: 1}}\n"
        for level in 1...40 { merged += "a\(level): &a\(level) {p: {<<: *a\(level - 1)}, q: {<<: *a\(level - 1)}}\n" }
        #expect(inBoundedTime(merged) == [.limitExceeded])
    }

    @Test("Few lines may begin with a per cent sign", arguments: ["\n", "\r", "\r\n", "\u{85}", "\u{2028}"])
    func directives(end: String) {
        func text(_ count: Int) -> String {
            (0..<count).map { "%TAG !a\($0)! tag:a.example,2000:\(end)" }.joined() + "---\(end)a: 1\(end)"
        }
        #expect(faults(text(100)) == [])
        #expect(faults(text(101)) == [.limitExceeded])
        #expect(faults("\u{FEFF}" + text(101)) == [.limitExceeded])
        #expect(inBoundedTime(text(100_000)) == [.limitExceeded])
        let values = (0..<200).map { "a\($0): 50% %b" }.joined(separator: "\n ")
        #expect(faults("x: |\n " + values) == [])
    }

    @Test func manyAnchors() {
        let anchors = (0..<100_000).map { "- &some-long-anchor-\($0) a\n" }.joined()
        #expect(inBoundedTime(anchors + "- *some-long-ancho-1\n").count == 1)
    }

    @Test func wideMerges() {
        let keys = (0..<1000).map { "k\($0): 1" }.joined(separator: ", ")
        let uses = (0..<2000).map { "u\($0): {<<: *b}" }.joined(separator: "\n")
        #expect(inBoundedTime("b: &b {\(keys)}\n\(uses)\n") == [.limitExceeded])
    }

    @Test func manyFaults() {
        let anchors = (0..<5000).map { "n\($0): &n\($0) 1\n" }.joined()
        let aliases = (0..<5000).map { "u\($0): *m\($0)\n" }.joined()
        #expect(inBoundedTime(anchors + aliases).count == 5000)
        let few = inBoundedTime(String(repeating: "a: 1\n", count: 5000))
        #expect(few == Array(repeating: .duplicateKey, count: 4999))
        // One mapping is looked at whole; the file is not read on behind it.
        let lines = (0..<30_000).map { "- {a: 1, a: 1, n: \($0)}\n" }.joined()
        let many = inBoundedTime(lines)
        #expect(many.count == 10_001 && many.last == .limitExceeded)
    }

    @Test func sizes() {
        var limits = Limits()
        limits.scalarBytes = 10
        #expect(faults("a: 0123456789", limits: limits) == [])
        #expect(faults("a: 0123456789a", limits: limits) == [.limitExceeded])
        limits.fileBytes = 4
        #expect(faults("a: 1", limits: limits) == [])
        #expect(faults("a: 12", limits: limits) == [.limitExceeded])
    }

    @Test func longTexts() {
        #expect(inBoundedTime("a: " + String(repeating: "x", count: 1 << 20)) == [])
        #expect(inBoundedTime("a: \"" + String(repeating: "日", count: 1 << 18) + "\"") == [])
        #expect(inBoundedTime(String(repeating: "#", count: 1 << 20)) == [])
        #expect(inBoundedTime(String(repeating: " ", count: 1 << 20)) == [])
        #expect(inBoundedTime("a:\n" + String(repeating: "  - \n", count: 1 << 17)) == [])
        #expect(inBoundedTime("[" + String(repeating: "a, ", count: 1 << 17) + "]") == [])
        #expect(inBoundedTime("a: |\n" + String(repeating: "\n", count: 1 << 18) + "  x") == [])
    }
}
