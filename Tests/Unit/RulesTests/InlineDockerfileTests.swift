import Inspection
import SourceText
import Testing
import YAMLSyntax

/// Where a part of a Dockerfile stands in the manifest that holds it.
struct InlineDockerfileTests {
    @Test(
        "A part is told where it stands as it is written, or in the whole where it stands otherwise",
        arguments: [
            ("FROM base", "base", true), ("'FROM base'", "FROM", true), ("\"FROM\\tbase\"", "base", false),
            ("FROM a:$$b", "a", false), (">\n  FROM a\n  AS b\n", "b", false),
            ("|\n  FROM a\n\n  FROM b AS c\n", "FROM a", true), ("|\n  FROM a\n\n  FROM b AS c\n", "FROM b", true),
            ("|\r\n  FROM a\r\n\r\n  FROM b AS c\r\n", "FROM b", true),
            ("|\n  FROM a\n\n  FROM b AS c\n", "b AS", true), ("|-\n  FROM a\n  FROM b", "FROM b", true),
            ("|\n  FROM a\n  ENV B=$$C D=e\n  FROM f\n", "FROM f", true),
            ("|\n  FROM a\n  ENV B=$$C D=e\n  FROM f\n", "D=e", false),
            ("|\n  FROM a\n  ENV B=$$C D=e\n  FROM f\n", "ENV", false),
        ])
    func places(_ scalar: String, _ part: String, _ isExact: Bool) throws {
        let tree = try #require(Tree.read(SourceFile(path: "a.yaml", bytes: Array("d: \(scalar)".utf8))).tree)
        let node = try #require(tree.value("d", in: tree.root))
        let text = DockerfileText(inline: node, of: tree)
        let range = try #require(text.file.source.bytes.firstRange(of: Array(part.utf8)))
        let span = text.location(Span(UInt32(range.lowerBound), UInt32(range.upperBound)), tree).span
        #expect(isExact ? tree.source.text(span) == part : span == tree[node].span)
    }
}
