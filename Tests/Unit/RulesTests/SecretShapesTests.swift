import Inspection
import Testing

/// Texts that are secrets by their look, at the bounds of their length, and texts that only begin so.
@Suite
struct SecretShapesTests {
    /// Letters and digits of more than six kinds, none of which is a word's separator.
    private static func signs(_ count: Int) -> String {
        String(String(repeating: "a1B2c3D4e5", count: 1 + count / 10).prefix(count))
    }

    private static func found(_ text: String) -> [String] { SecretShapes.all(in: Array(text.utf8)).map(\.what) }

    @Test(
        "As long as it must be, and one sign shorter",
        arguments: [
            ("ghp_", 36), ("github_pat_", 22), ("glpat-", 20), ("AKIA", 16), ("xoxb-", 10), ("sk_live_", 16),
            ("sk-", 40),
            ("AIza", 35), ("npm_", 36), ("pypi-", 40), ("dop_v1_", 64), ("hvs.", 24),
        ])
    func tokens(_ prefix: String, _ least: Int) {
        #expect(Self.found("KEY: " + prefix + Self.signs(least)).count == 1)
        #expect(Self.found("KEY: " + prefix + Self.signs(least - 1)).isEmpty)
        #expect(Self.found("KEY: x" + prefix + Self.signs(least)).isEmpty)
        #expect(Self.found("'" + prefix + Self.signs(least) + "'").count == 1)
    }

    @Test("Behind a hyphen only what ends at the next one is looked at")
    func hyphens() {
        #expect(Self.found("a-ghp_" + Self.signs(36)).count == 1)
        #expect(Self.found("a-glpat-" + Self.signs(20)).isEmpty)
        #expect(Self.found("glpat-ab-cd_" + Self.signs(14)).count == 1)
        #expect(Self.found("ghp_ab-cd_" + Self.signs(30)).isEmpty)
    }

    @Test("What stands for a token in examples is none")
    func placeholders() {
        #expect(Self.found("ghp_" + String(repeating: "abcde", count: 8)).isEmpty)
        #expect(Self.found("ghp_" + String(repeating: "abcdef", count: 8)).count == 1)
        #expect(Self.found("AKIA" + Self.signs(9) + "EXAMPLE").isEmpty)
        #expect(Self.found("AKIA" + Self.signs(9) + "EXAMPLF").count == 1)
    }

    @Test("A signed token has two objects and a signature")
    func webTokens() {
        let (first, second) = ("eyJhbGciOiJ", ".eyJzdWIi.")
        #expect(Self.found(first + second + Self.signs(20)) == ["a signed token (JWT)"])
        #expect(Self.found(first + second + Self.signs(19)).isEmpty)
        #expect(Self.found(first.dropLast() + second + Self.signs(40)).isEmpty)
        #expect(Self.found(first + second.dropLast()).isEmpty)
        #expect(Self.found("x" + first + second + Self.signs(40)).isEmpty)
    }

    @Test(
        "Private keys, not public ones",
        arguments: [
            ("-----BEGIN PRIVATE KEY-----", true), ("-----BEGIN RSA PRIVATE KEY-----\nabc", true),
            ("-----BEGIN PUBLIC KEY-----", false), ("-----BEGIN PRIVATE KEY----", false),
            ("-----BEGIN PRIVATE KEY", false),
            ("-----BEGIN " + String(repeating: "A", count: 37) + " PRIVATE KEY-----", true),
            ("-----BEGIN " + String(repeating: "A", count: 38) + " PRIVATE KEY-----", false),
        ])
    func keys(_ text: String, _ isKey: Bool) {
        #expect(Self.found(text) == (isKey ? ["a private key"] : []))
    }

    @Test(
        "Passwords in URLs that are written out",
        arguments: [
            ("https://u:pw@h", true), ("x://u:pw@h", true), ("s3://u:pw@h", true), ("URL: \"amqp://u:p$$w@h\"", true),
            ("https://${U:-u}:pw@h", true), ("https://a//u:pw@h", false),
            ("://u:pw@h", false), ("//u:pw@h", false), ("u:pw@h", false), ("https://u@h", false),
            ("https://a/u:pw@h", false),
            ("https://u:${P}@h", false), ("https://u:p$@h", false), ("https://u:xxxx@h", false),
            ("https://u:{p}@h", false),
            ("https://u:@h", false), ("/u:p@h", false), ("@", false), ("a@", false),
            ("x://u:" + signs(510) + "@h", true), ("x://u:" + signs(511) + "@h", false),
        ])
    func passwords(_ text: String, _ isSecret: Bool) {
        #expect(Self.found(text) == (isSecret ? ["a password in a URL"] : []))
    }
}
