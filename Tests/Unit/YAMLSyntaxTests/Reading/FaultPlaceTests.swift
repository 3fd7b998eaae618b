import Diagnostics
import SourceText
import Testing

@testable import YAMLSyntax

/// Every refusal has a place, and the place is the right one.
struct FaultPlaceTests {
    @Test(arguments: [
        ("a: b: c", 1, 5), ("a:\n\tb: 1", 2, 1), ("a: [1, 2", 1, 9), ("a: {b: 1", 1, 9), ("a: 'x", 1, 4),
        ("a: \"x", 1, 4), ("a: @x", 1, 4), ("a: `x", 1, 4), ("a: %x", 1, 4), ("é: 日\nb: @x", 2, 4), ("a: !x!y z", 1, 4),
        ("a:\n  b: 1\n c: 2", 3, 2), ("a:\n  - 1\n  b: 2", 3, 3), ("a: 1\nb\nc: 2", 2, 1), ("a: \"\\q\"", 1, 5),
        ("a: ]", 1, 4), ("a: |x\n  y", 1, 5), ("%YAML 3.0\n---\na: 1", 1, 1), ("a: &\n", 1, 5), ("a: *\n", 1, 5),
        ("- a\nb: 1", 2, 1), ("a: 'x' y", 1, 8), ("a: \"x\ny: 1", 1, 4), ("--- a: b\n... x", 1, 6),
    ])
    func syntax(_ text: String, _ line: Int, _ column: Int) throws {
        let (tree, diagnostics) = Tree.read(file(text))
        #expect(tree == nil && diagnostics.count == 1)
        let found = try #require(diagnostics.first)
        #expect(found.code == .yamlSyntax)
        let position = LineTable(file(text)).position(of: found.primary.location.span.start)
        #expect("\(position)" == "(line: \(line), column: \(column))", "\(found.message)")
        #expect(!found.message.isEmpty && !found.primary.text.isEmpty)
    }

    @Test(
        arguments: [
            ([0x61, 0x3A, 0x20, 0xFF], 3), ([0x61, 0xC3], 1), ([0xC0, 0x80], 0), ([0xED, 0xA0, 0x80], 0),
            ([0xF5, 0x80, 0x80, 0x80], 0), ([0xC3, 0xA9, 0x3A, 0x20, 0x80], 4), ([0xE2, 0x80], 0),
            ([0xF0, 0x80, 0x80, 0x80], 0),
        ] as [([UInt8], UInt32)])
    func invalidUTF8(_ bytes: [UInt8], _ offset: UInt32) throws {
        let (tree, diagnostics) = Tree.read(SourceFile(path: "x", bytes: bytes))
        #expect(tree == nil && diagnostics.map(\.code) == [.notUTF8])
        #expect(diagnostics.first?.primary.location.span.start == offset)
    }

    @Test func otherEncodings() {
        #expect(Tree.read(SourceFile(path: "x", bytes: [0xFF, 0xFE, 0x61, 0])).diagnostics.map(\.code) == [.notUTF8])
        #expect(Tree.read(SourceFile(path: "x", bytes: [0xFE, 0xFF, 0, 0x61])).diagnostics.map(\.code) == [.notUTF8])
    }

    @Test(arguments: [
        ("a: x\u{0}", 4), ("é: \u{1}", 4), ("é: \u{7F}", 4), ("é: \u{80}", 4), ("é: 'x\u{9F}'", 6), ("a: \u{FFFE}", 3),
        ("a: \u{FFFF}", 3),
    ])
    func forbiddenCharacters(_ text: String, _ offset: UInt32) {
        let diagnostics = Tree.read(file(text)).diagnostics
        #expect(diagnostics.map(\.code) == [.yamlSyntax])
        #expect(diagnostics.first?.primary.location.span.start == offset)
    }

    @Test(arguments: ["\u{85}", "\u{A0}", "\u{2028}", "\u{FFFD}", "\u{E000}", "\u{10FFFF}"])
    func allowedCharacters(_ character: String) {
        #expect(faults("a: \"x\(character)y\"") == [])
    }

    @Test func documents() throws {
        #expect(faults("a: 1\n---\nb: 2") == [.severalDocuments])
        #expect(faults("---\na: 1\n...\n") == [])
        #expect(faults("# only a note\n") == [])
        #expect(Tree.read(file("")).tree == nil)
        let second = Tree.read(file("é: 1\n--- # next\nb: 2\n---\nc: 3")).diagnostics
        #expect(second.map(\.primary.location.span) == [Span(6, 9)])
    }

    /// Every prefix and every one-byte change of a text ends in a tree or in a diagnostic whose place is in the text.
    @Test func mutations() {
        let text =
            Array("a: &x {b: [1, 'é'], c: |\n".utf8)
            + Array("a: &x\n  b: [1, 'é', \"\\x41\"]\n  c: |-\n   t\nd: *x\n? e\n: !!int 3\n<<: {f: ~}\n".utf8)
        func check(_ bytes: [UInt8]) {
            let (tree, diagnostics) = Tree.read(SourceFile(path: "x", bytes: bytes))
            if tree == nil, diagnostics.isEmpty {
                #expect(bytes.split(separator: 0x0A).allSatisfy { $0.isEmpty || $0.first == UInt8(ascii: "#") })
            }
            for item in diagnostics {
                #expect(Int(item.primary.location.span.end) <= max(bytes.count, 3), "\(item.message)")
                #expect(!item.message.isEmpty)
            }
            guard let tree else { return }
            var writer = YAMLWriter()
            writer.write(tree.root, of: tree, indent: 0)
            if diagnostics.isEmpty {
                let again = Tree.read(SourceFile(path: "y", bytes: writer.bytes)).tree
                #expect(again.map { $0.meaning($0.root) } == tree.meaning(tree.root), "\(bytes)")
            }
        }
        for start in [0, 25] {
            let whole = Array(text[start...])
            for end in 0...whole.count { check(Array(whole[..<end])) }
            for index in whole.indices {
                for byte in Array("\0\t\n\r #&*!|>'\"%@`,[]{}?:-<~ax1\u{80}".utf8) + [0xFF, 0xEF] {
                    var changed = whole
                    changed[index] = byte
                    check(changed)
                }
            }
        }
    }
}
