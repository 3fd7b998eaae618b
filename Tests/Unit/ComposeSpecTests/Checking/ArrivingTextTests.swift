import SourceText
import Testing
import YAMLSyntax

@testable import ComposeSpec

/// What becomes of numbers and truth values where Compose wants a text, and what whole number a scalar says.
struct ArrivingTextTests {
    private static func tree(_ text: String) throws -> (tree: Tree, value: NodeID) {
        let tree = try #require(Tree.read(SourceFile(path: "a.yaml", bytes: Array("a: \(text)\n".utf8))).tree)
        return (tree, try #require(tree.value("a", in: tree.root)))
    }

    @Test(
        "Integers arrive in decimal",
        arguments: [
            ("0x10", "16"), ("0X1f", "31"), ("-0x10", "-16"), ("0o17", "15"), ("0b11", "3"), ("017", "15"),
            ("-017", "-15"),
            ("1_000", "1000"), ("+5", "5"), ("-0", "0"), ("00", "0"), ("0x0", "0"), ("18446744073709551615", nil),
            ("0", nil), ("7", nil), ("-7", nil), ("1234567890123456789", nil), ("123456789012345678", nil),
            ("\"0x10\"", nil), ("0x1g", nil), ("2024-01-01", nil), ("~", nil), ("text", nil),
        ] as [(String, String?)])
    func integers(_ text: String, _ expected: String?) throws {
        let (tree, value) = try Self.tree(text)
        #expect(tree.arrivingText(value) == expected)
    }

    @Test(
        "Floats arrive as Go writes them, truth values in small letters",
        arguments: [
            ("12.0", "12"), ("120.0", "120"), ("100000.0", "100000"), ("1e5", "100000"), ("1e6", "1e+06"),
            ("1234567.5", "1.2345675e+06"), ("-1234567.5", "-1.2345675e+06"), ("2e+06", nil), ("1e10", "1e+10"),
            ("1e100", "1e+100"),
            ("0.00010", "0.0001"), ("0.00001", "1e-05"), ("0.000012", "1.2e-05"), ("1e-10", nil), ("1e-100", nil),
            ("0.50", "0.5"), (".5", "0.5"), ("-1.50", "-1.5"), ("-0.5", nil), ("1_0.5", "10.5"), ("12.25", nil),
            ("0.001", nil), ("0.0123", nil), ("-0.05", nil), ("123456.7", nil),
            ("18446744073709551616", "1.8446744073709552e+19"),
            ("-9223372036854775809", "-9.223372036854776e+18"), ("0777777777777777777777777", "7.777777777777778e+23"),
            ("089", "89"), ("12345678901234567890123", "1.2345678901234568e+22"),
            ("0.0", "0"), ("-0.0", "-0"), (".inf", nil), ("-.inf", nil), (".nan", nil), ("1e400", nil),
            ("True", "true"), ("FALSE", "false"), ("true", nil),
        ] as [(String, String?)])
    func floats(_ text: String, _ expected: String?) throws {
        let (tree, value) = try Self.tree(text)
        #expect(tree.arrivingText(value) == expected)
    }

    @Test(
        "The whole number that a scalar says",
        arguments: [
            ("5", 5), ("-5", -5), ("+5", 5), ("0x10", 16), ("-0X10", -16), ("0o17", 15), ("0O17", 15), ("0b11", 3),
            ("0B11", 3),
            ("017", 15), ("0", 0), ("1_000", 1000), ("3.0", 3), ("-3.0", -3), ("1e3", 1000), ("3.5", nil),
            (".inf", nil),
            (".nan", nil), ("9223372036854775807", Int.max), ("9223372036854775808", nil), ("\"5\"", nil),
            ("true", nil),
        ] as [(String, Int?)])
    func wholeNumbers(_ text: String, _ expected: Int?) throws {
        let (tree, value) = try Self.tree(text)
        #expect(tree.wholeNumber(value) == expected)
    }

    @Test(
        "A variable, or what should begin one",
        arguments: [
            ("$A", true), ("${", true), ("a$_", true), ("$$A", false), ("$$$A", true), ("$", false), ("a$", false),
            ("$1", false),
            ("$$", false), ("$-A", false), ("a", false), ("$1$b", true),
        ])
    func interpolation(_ text: String, _ isHeld: Bool) throws {
        let (tree, value) = try Self.tree("'\(text)'")
        #expect(tree.holdsInterpolation(value) == isHeld)
    }

    @Test(
        "A key of the user's own begins with `x-`",
        arguments: [("x-", true), ("x-a", true), ("x", false), ("xy", false), ("a-", false)])
    func extensions(_ text: String, _ isExtension: Bool) throws {
        let (tree, value) = try Self.tree("'\(text)'")
        #expect(tree.isExtension(value) == isExtension)
    }
}
