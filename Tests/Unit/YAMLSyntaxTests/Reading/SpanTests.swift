import SourceText
import Testing

@testable import YAMLSyntax

/// Where values stand, whatever surrounds them.
struct SpanTests {
    @Test(arguments: [
        ("plain", "a: value  # note\n", "value"),
        ("tab before the value", "a:\tvalue\n", "value"),
        ("wide characters before", "é日😀: [ü, value]\n", "[ü, value]"),
        ("carriage returns", "x: 1\r\na: value\r\n", "value"),
        ("byte order mark", "\u{FEFF}a: value\n", "value"),
        ("byte order mark and wide", "\u{FEFF}é: ü\na: value\n", "value"),
        ("single quotes", "a: 'it''s'\n", "'it''s'"),
        ("double quotes", "a: \"x\\ty\" \n", "\"x\\ty\""),
        ("literal", "a: |\n  x\n  y\n\nb: 1\n", "|\n  x\n  y"),
        ("literal with returns", "a: |\r\n  x\r\n  y\r\nb: 1\r\n", "|\r\n  x\r\n  y"),
        ("folded with indicators", "a: >-2\n   x\nb: 1\n", ">-2\n   x"),
        ("plain over lines", "a: x\n  y\nb: 1\n", "x\n  y"),
        ("flow sequence", "a: [x,\n  y]\nb: 1\n", "[x,\n  y]"),
        ("flow mapping", "a: {x: 1}\n", "{x: 1}"),
        ("block sequence", "a:\n  - x\n  - y\n\n\nb: 1\n", "- x\n  - y"),
        ("block mapping", "a:\n  x: 1\n  y: |\n    z\n\nb: 1\n", "x: 1\n  y: |\n    z"),
        ("anchor", "a: &n value\n", "value"),
        ("tag and anchor", "a: !!str &n  'v'\n", "'v'"),
        ("anchor of a literal", "a: &n |\n  x\nb: 1\n", "|\n  x"),
        ("anchor of a block", "a: &n # note\n  x: 1\nb: 1\n", "x: 1"),
        ("anchor of a sequence", "a: &n\n  - x\nb: 1\n", "- x"),
        ("tag of a flow sequence", "a: !!seq [x]\n", "[x]"),
        ("nothing", "a:\nb: 1\n", ""),
        ("anchor of nothing", "a: &n\nb: 1\n", ""),
        ("line separators are text", "x: 'p\u{2028}q'\na: value\n", "value"),
    ])
    func value(_ name: String, _ text: String, _ covered: String) throws {
        let tree = try parse(text)
        let id = try #require(
            tree.entries(tree.root).first { tree.text($0.key) == "a" || tree.text($0.key) == "é日😀" }?.value)
        #expect(Array(tree.covered(id).utf8) == Array(covered.utf8), "\(name)")
    }

    @Test func positionsCountCharacters() throws {
        let tree = try parse("\u{FEFF}é日😀: 1\r\n\u{65}\u{301}: {b: x}\r\n")
        let lines = LineTable(tree.source)
        let (first, second) = (tree.entries(tree.root)[0], tree.entries(tree.root)[1])
        #expect(lines.position(of: tree[first.key].span.start) == (1, 1))
        #expect(lines.position(of: tree[first.value].span.start) == (1, 6))
        #expect(lines.position(of: tree[second.value].span.start) == (2, 5))
        #expect(tree.covered(first.key) == "é日😀")
    }

    @Test func aliasesHaveTheirOwnPlace() throws {
        let tree = try parse("a: &x {k: v}\nb: *x\n")
        #expect(tree.covered(try tree.node("b")) == "*x")
        #expect(tree.covered(try tree.node("b", "k")) == "v")
    }
}
