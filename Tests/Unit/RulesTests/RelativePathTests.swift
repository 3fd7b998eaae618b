import Inspection
import Testing

/// Paths of a manifest: what every one of them must be.
struct RelativePathTests {
    @Test(
        arguments: [
            (".", nil), ("a/b", nil), ("../a", nil), ("a b/c", nil), ("a/.github", nil), ("é\u{A0}", nil), ("a~", nil),
            ("\u{A1}a", nil), (String(repeating: "n", count: 255) + "/x", nil),
            ("", "it is empty"), ("/a", "it is absolute"), ("~/a", "`~` is not expanded"),
            ("a\u{1F}", "a control character stands in it"), ("a\u{7F}b", "a control character stands in it"),
            ("a\u{80}b", "a control character stands in it"), ("a\u{9F}", "a control character stands in it"),
            ("a\\b", "`\\` separates nothing here; write `/`"), (" a", "a space stands at its edge"),
            ("a ", "a space stands at its edge"), ("a/.git/x", "`.git` belongs to git"),
            (".GIT", "`.git` belongs to git"),
            (String(repeating: "n", count: 256), "a part of it is longer than 255 bytes"),
            (String(repeating: "n", count: 4097), "it is longer than 4096 bytes"),
        ] as [(String, String?)])
    func fault(_ text: String, _ fault: String?) { #expect(RelativePath.fault(text) == fault) }

    @Test func places() {
        #expect(RelativePath.rootHolding("../../a/../b") == "../.." && RelativePath.rootHolding("a/../b") == "")
        #expect(RelativePath.components("../c", from: ["a", "b"]) == ["a", "c"])
        #expect(RelativePath.components("../../..", from: ["a", "b"]) == nil)
    }
}
