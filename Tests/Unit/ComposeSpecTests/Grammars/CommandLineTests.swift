import Testing

@testable import ComposeSpec

/// A command as one text comes apart as Compose takes it apart.
@Suite
struct CommandLineTests {
    @Test(
        "Words, quotes, backslashes, and what ends the command",
        arguments: [
            ("a 'b c' \"d e\"", ["a", "b c", "d e"]), ("a '' \"\"", ["a", "", ""]), ("a\\ b c", ["a b", "c"]),
            ("'a\\b' c", ["a\\b", "c"]), ("\"a\\\"b\"", ["a\"b"]), ("a \\'b", ["a", "'b"]), ("a\\", ["a"]),
            ("x 2>f", ["x"]), ("x 22>f", ["x", "22"]), ("x a>f", ["x", "a"]), ("x 2<f", ["x", "2"]), ("x>f", ["x"]),
            ("x 9>f", ["x"]), ("x />f", ["x", "/"]), ("x :>f", ["x", ":"]),
            ("a;b", ["a"]), ("a b|c", ["a", "b"]), ("a&", ["a"]), ("'a;b' \"c|d\" e", ["a;b", "c|d", "e"]),
            ("$(a b) c", ["$(a b)", "c"]), ("`a b` c", ["`a b`", "c"]), ("  a\t\nb ", ["a", "b"]), ("", []),
        ])
    func words(_ text: String, _ words: [String]) {
        let bytes = Array(text.utf8)
        #expect(bytes.withUnsafeBufferPointer { CommandLine.words($0) } == words)
    }
}
