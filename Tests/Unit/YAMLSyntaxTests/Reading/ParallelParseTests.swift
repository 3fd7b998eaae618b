import GeneratedManifests
import SourceText
import TestSupport
import Testing
import YAMLSyntax

/// Reading a text in two parts, beside reading the whole.
@Suite struct ParallelParseTests {
    private func source(_ text: String) -> SourceFile { SourceFile(path: "strategy.yaml", bytes: Array(text.utf8)) }

    /// Whether a text is read in two parts when it is cut behind a line; the tree is then compared with that of the
    /// whole.
    private func isCut(_ text: String, behind line: String) throws -> Bool {
        let end = try #require(text.firstRange(of: line)).upperBound
        let middle = text.utf8.distance(from: text.startIndex, to: end)
        guard let tree = Tree.parseInParallel(source(text), at: middle) else { return false }
        let (read, faults) = Tree.read(source(text))
        let whole = try #require(read)
        #expect(faults.isEmpty)
        #expect(tree.outline == whole.outline)
        return true
    }

    private let text = """
        # A manifest.
        version: 1
        projects:
          shop:
            services:
              web:
                image: web
                # A comment.
          # Another comment.
          office:
            services:
              mail: { image: mail }
            x-a: |+
              a text

          depot:
            path: "a\\tb"
        images:
          web: { owner: shop }
          mail:
            owner: "office"

        """

    @Test(
        "A text is cut between two entries below the top level",
        arguments: [
            ("# A comment.", "# A comment."), ("# A comment.", ""), ("a text", "a text"), ("a text", "  é"),
            ("version: 1\n", "---\nversion: 1\n"), ("  depot:", "  depot: !reset"), ("image: web", "image: [a, b]"),
            ("image: web", "image: \n          - a"), ("image: web", "image: a\n          b"), ("depot", "'depot'"),
            ("  shop:\n", "  \"shop\":\n"), ("  office:", "  office: \n    # c"), ("version: 1\n", "version: '<'\n"),
            ("# A comment.", "? user"), ("# A comment.", "? user\n        # c\n"),
        ])
    func isInParts(old: String, new: String) throws {
        #expect(try isCut(text.replacing(old, with: new), behind: "image:"))
    }

    @Test("Lines may end as on Windows")
    func carriageReturns() throws {
        #expect(try isCut(text.replacing("\n", with: "\r\n"), behind: "image:"))
    }

    @Test(
        "What may mean something on the other side is read as a whole",
        arguments: [
            ("image: web", "image: &a web"), ("owner: \"office\"", "owner: &a office"), ("image: web", "<<: { a: b }"),
            ("version: 1\n", "%TAG ! tag:a.example,2000:\n---\nversion: 1\n"), ("# Another comment.", "\n..."),
            ("version: 1\n", "version: 1\n<<: {a: b}\n"), ("  depot:", "  shop:"), ("images:", "projects:"),
            ("image: web", "image: \"web"), ("image: web", "image: [web"), ("# Another comment.", "\n---"),
            ("owner: \"office\"", "owner: ["), ("projects:", "projects: !reset"),
            ("version: 1\n", "\u{FEFF}version: 1\n"),
            ("projects:\n", "projects: |\n"), ("  shop:\n", "  ? shop\n  :\n"), ("version: 1\n", "- 1\n"),
        ])
    func isWhole(old: String, new: String) throws {
        #expect(try !isCut(text.replacing(old, with: new), behind: "image:"))
    }

    @Test("A text of many projects is cut in its middle, on a thread of its own")
    func large() throws {
        var text = "version: 1\nprojects:\n"
        for index in 0..<20_000 { text += "  p\(index):\n    path: é\n" }
        let tree = try #require(Tree.parseInParallel(source(text)))
        let whole = try #require(Tree.readAtOnce(source(text)).tree)
        #expect(tree.outline == whole.outline)
    }

    @Test("Many changed texts, each cut in many places", arguments: 1...20)
    func mutations(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var cuts = 0
        for _ in 0..<100 {
            var characters = Array(text)
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let at = Int.random(in: 0...characters.count, using: &random)
                let end = min(characters.count, at + Int.random(in: 0...5, using: &random))
                let pieces = [
                    "", "\n", "    b: c\n", "\n      ", "x: ", "- d\n", "# e\n", "\"", "é", "[", "]", ": ", "|\n",
                    "&f ",
                    "*f", "!reset ", "\t", "---\n", "...\n", "'", "  g:\n", "  shop:\n", "? ", "<<: ", "%h\n",
                    "\u{2028}",
                ]
                characters.replaceSubrange(at..<end, with: random.pick(pieces))
            }
            let changed = source(String(characters))
            let (whole, faults) = Tree.read(changed)
            for middle in stride(from: 0, to: changed.bytes.count, by: 23) {
                guard let tree = Tree.parseInParallel(changed, at: middle) else { continue }
                cuts += 1
                #expect(faults.isEmpty && tree.outline == whole?.outline, "\(String(characters))")
            }
        }
        #expect(cuts > 30)
    }
}
