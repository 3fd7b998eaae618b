import SourceText
import Testing

@testable import YAMLSyntax

/// Explicit tags that a reader would refuse, or read another value by.
struct TagFitTests {
    private func read(_ text: String) -> (tree: Tree?, messages: [String]) {
        let (tree, found) = Tree.read(SourceFile(path: "x", bytes: Array(text.utf8)))
        return (tree, found.map { "\($0.code.label) \($0.message)" })
    }

    @Test(arguments: [
        "!!bool '%'", "!!bool yes", "!!bool on", "!!bool ''", "!!bool 1", "!!bool '${A}'", "!!null x", "!!null 0",
        "!!int x",
        "!!int 1.5", "!!int ''", "!!int 0x", "!!int 99999999999999999999", "!!float x", "!!float ''", "!!float 0x1F",
        "!!float 010", "!!float 9223372036854775808", "!!float 1e999", "!!timestamp x", "!!timestamp 2001-13-01",
        "!!binary aGVsbG8=", "!!binary '%'",
        "!!merge x", "!!seq x", "!!map x", "!!str [a]", "!!str {a: b}", "!!int [1]", "!!bool {a: b}", "!!null []",
        "!!map [a]", "!!seq {a: b}", "!!binary [a]", "!!timestamp {}", "!<tag:yaml.org,2002:bool> x",
    ])
    func misfit(_ value: String) throws {
        for text in ["a: \(value)\nb: 1\n", "a:\n- \(value)\n", "a: {b: \(value)}\n", "? \(value)\n: 1\n"] {
            let (tree, messages) = read(text)
            #expect(tree != nil && messages.first?.contains("does not fit") == true, "\(text): \(messages)")
            #expect(messages.allSatisfy { $0.hasPrefix("BP004") }, "\(messages)")
        }
    }

    @Test(arguments: [
        "!!bool true", "!!bool 'False'", "!!null ''", "!!null ~", "!!null null", "!!int 1", "!!int '0x1F'",
        "!!int 0o17",
        "!!int 1_000", "!!float 1", "!!float -5", "!!float 1.5", "!!float .inf", "!!float '1e3'",
        "!!timestamp 2001-01-01",
        "!!str 1", "!!str ''", "!!str", "!!merge <<", "!foo x", "!foo [a]", "!!set {a: , b: }", "!!omap [a: 1]", "! x",
        "!!seq [a]", "!!map {a: b}", "!reset null", "!override [a]", "!!python/none x",
    ])
    func fit(_ value: String) {
        #expect(read("a: \(value)\n").messages.isEmpty, "\(read("a: \(value)\n").messages)")
    }

    @Test("A million of them are told in bounded memory")
    func many() throws {
        let (tree, messages) = read("a:\n" + String(repeating: "- !!bool x\n", count: 100_000))
        #expect(tree != nil && messages.count == 1000)
    }
}
