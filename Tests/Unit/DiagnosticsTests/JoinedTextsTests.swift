import SourceText
import Testing

@Suite
struct JoinedTextsTests {
    @Test(
        "Texts are joined as the standard library joins them",
        arguments: [
            [], [""], ["", ""], ["a"], ["a", "", "b"], ["e", "\u{301}", "é"], ["a longer text", "🏳️", "\r", "\n"],
        ])
    func asTheLibraryDoes(_ texts: [String]) {
        for separator in ["", "/", ", ", "\u{301}"] {
            let joined = texts.joined(separator: separator)
            // Of a slice the library's own is called.
            #expect(Array(joined.utf8) == Array(texts[...].joined(separator: separator).utf8))
            #expect(
                joined.utf8.count == texts.reduce(0) { $0 + $1.utf8.count } + max(0, texts.count - 1)
                    * separator.utf8.count)
        }
    }
}
