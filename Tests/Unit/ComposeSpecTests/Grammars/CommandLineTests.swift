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

    @Test(
        "What is open where a command ends, and what stands where it may not",
        arguments: [
            ("a 'b' \"c\" `d` $(e)", nil), ("a \\' b", nil), ("a \\\" b", nil), ("'a\\' b", nil), ("\"a\\\"b\"", nil),
            ("$(a 'b' `c`)", nil), ("\"(\"", nil), ("a; 'b", nil), ("a|(", nil), ("'a;'b", nil), ("$(a;b)", nil),
            ("a \\", "nothing follows the backslash"), ("(a)", "a parenthesis must be quoted"),
            ("$ (a)", "a parenthesis must be quoted"), ("$(a (b))", "a parenthesis must be quoted"),
            ("a 'b", "this quote is not closed"), ("a \"b", "this quote is not closed"),
            ("'a;b", "this quote is not closed"), ("a `b", "this backtick is not closed"),
            ("$(a", "this parenthesis has no other"), ("a)", "this parenthesis has no other"),
        ] as [(String, String?)])
    func faults(_ text: String, _ reason: String?) {
        let found = Array(text.utf8).withUnsafeBufferPointer { bytes in CommandLine.fault(bytes)?.reason(in: bytes) }
        #expect(found == reason)
    }
}
