import GeneratedManifests
import SourceText
import TestSupport
import Testing
import YAMLSyntax

/// Reading one entry again, beside reading the whole text.
@Suite struct ReparseTests {
    private func source(_ text: String) -> SourceFile { SourceFile(path: "strategy.yaml", bytes: Array(text.utf8)) }

    /// Whether a change of a text is read in part; the tree is then compared with that of the whole.
    private func isReparsed(_ old: String, _ new: String) throws -> Bool {
        let (read, faults) = Tree.read(source(old))
        var tree = try #require(read)
        try #require(faults.isEmpty)
        guard tree.reparse(source(new)) else { return false }
        try compare(tree, new)
        return true
    }

    private func compare(_ tree: Tree, _ text: String) throws {
        let (read, faults) = Tree.read(source(text))
        let whole = try #require(read)
        #expect(faults.isEmpty)
        #expect(tree.outline == whole.outline)
    }

    private let text = """
        version: 1
        projects:
          shop:
            services:
              web:
                image: web
                # A comment.
          office:
            services:
              mail: { image: mail }
        images:
          web: { owner: shop }
          mail:
            owner: "office"

        """

    @Test(
        "A change within an entry is read in part",
        arguments: [
            ("image: web", "image: other"), ("# A comment.", "# A comment.\n        command: [a, b]"),
            ("      web:\n        image: web\n", ""), ("{ image: mail }", "\n        image: |\n          mail\n\n"),
            ("\"office\"", "\"off\\\n      ice\""), ("{ owner: shop }", ""), ("# A comment.", ""),
            ("owner: \"office\"\n", "owner: \"office\"\n    tag: é\n"), ("owner: \"office\"\n", "owner: o"),
            ("  office:\n", "    x-a: 1\n  office:\n"), ("        # A comment.\n", "# c\n\n"),
        ])
    func isPartial(old: String, new: String) throws {
        #expect(try isReparsed(text, text.replacing(old, with: new)))
    }

    @Test(
        "Any other change is not",
        arguments: [
            ("version: 1", "version: 2"), ("  office:\n", "  offices:\n"), ("  office:\n", "  more:\n  office:\n"),
            ("image: web", "image: &a web"), ("image: web", "image: ["), ("image: web", "image: \"web"),
            ("image: web", "image: web\n---"), ("image: web", "image: web\n..."), ("image: web", "image: web\nx-b: 1"),
            ("images:\n", ""), ("  shop:\n", "  \"shop\":\n"), ("  shop:\n", "   shop:\n"), ("  office:\n", ""),
            ("# A comment.", "image: twice"), ("image: web", "image: a\u{2028}...\u{2028}"),
        ])
    func isWhole(old: String, new: String) throws {
        #expect(try !isReparsed(text, text.replacing(old, with: new)))
    }

    @Test("Anchors and aliases are read with the whole text")
    func references() throws {
        let text = """
            x-a: &all
              one: &one { b: c }
              two: { d: e }
            images:
              web: *one
              mail: { f: g }
              more: *all

            """
        #expect(try !isReparsed(text, text.replacing("b: c", with: "b: d")))
        #expect(try !isReparsed(text, text.replacing("d: e", with: "d: f")))
        #expect(try isReparsed(text, text.replacing("f: g", with: "f: h")))
    }

    /// Edits of one text after the other: each is read in part where that can be, and is always what the whole reads as.
    @Test("Many edits, each beside reading the whole", arguments: 1...20)
    func edits(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var text = text
        var tree = try #require(Tree.read(source(text)).tree)
        var parts = 0
        for edit in 0..<200 {
            if edit % 20 == 0 {
                text = self.text
                tree = try #require(Tree.read(source(text)).tree)
            }
            var characters = Array(text)
            let at = Int.random(in: 0...characters.count, using: &random)
            let end =
                Bool.random(using: &random) ? at : min(characters.count, at + Int.random(in: 1...9, using: &random))
            let pieces = [
                "", "a", " ", "\n", "    b: c\n", "\n      ", "x: ", "- d\n", "# e\n", "\"", "é", "[", "]", "{}", ": ",
                "|\n", "&f ", "*f", "!reset ", "\t", "\r\n", "---\n", "'", "  g:\n", "\n\n", "? ", "<<: ", "~", "%h\n",
            ]
            characters.replaceSubrange(at..<end, with: random.pick(pieces))
            let edited = String(characters)
            let (whole, faults) = Tree.read(source(edited))
            if tree.reparse(source(edited)) {
                parts += 1
                try compare(tree, edited)
            } else {
                // A text that cannot be read is no base for the next edit.
                guard let whole, faults.isEmpty, whole[whole.root].kind == .mapping else { continue }
                tree = whole
            }
            text = edited
        }
        #expect(parts > 10)
    }
}
