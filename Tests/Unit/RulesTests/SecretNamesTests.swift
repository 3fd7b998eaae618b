import Inspection
import Testing

/// Names that secrets have, and values that can be none.
struct SecretNamesTests {
    private static func isNamed(_ name: String) -> Bool {
        Array(name.utf8).withUnsafeBufferPointer { SecretNames.nameOne($0) }
    }

    private static func canBe(_ value: String) -> Bool {
        Array(value.utf8).withUnsafeBufferPointer { SecretNames.canBeOne($0) }
    }

    @Test(
        "The last word says it, in any letters, behind `_`, `-` or `.`",
        arguments: [
            "PASSWORD", "DB_PASSWORD", "db-password", "db.Password", "PASSWORD_", "TOKEN__", "A_PASS",
            "MYSQL_PWD_TOKEN",
            "PGPASSWORD", "API_KEY", "STRIPE_API_KEY", "stripe-api-key", "myapi.key", "XPRIVATE_KEY", "AWS_SECRET_KEY",
            "AWS_SECRET_ACCESS_KEY", "APIKEY", "CREDENTIALS", "PASSPHRASE", "client_secret", "REQUIREPASS",
            "privatekey",
        ])
    func names(_ name: String) { #expect(Self.isNamed(name)) }

    @Test(
        "A word that only ends like one, or another word behind it, says nothing of the kind",
        arguments: [
            "", "_", "___", "NOPASSWORD", "COMPASS", "BYPASS", "KEY", "PUBLIC_KEY", "PASSWORD_FILE", "TOKENS",
            "TOKEN_TTL", "SECRET1", "API KEY", "APIXKEY", "_KEY", "TOKEN\u{0}", "\u{14}OKEN", "PASSWOR\u{44}S",
            "4PI_KEY", "API\u{7F}KEY",
        ])
    func otherNames(_ name: String) { #expect(!Self.isNamed(name)) }

    @Test(
        "What is written out can be a secret",
        arguments: [
            "hunter2", "x", "\"a\"", "'a", "\"\"\"", "<", "<a", "a>", "yess", "1h2x", "h1", "12x", "1.x", "5mms",
            "1234567890123s", "-", "+", "-h", "--1", "/a=b", "./x+y", "~/a b", "~", "file", "http:/x",
            "https", "a/b", "0x10",
        ])
    func values(_ value: String) { #expect(Self.canBe(value)) }

    @Test(
        "Neither a variable, nothing, a switch, a count, a time, a path or an address",
        arguments: [
            "", "${A}", "a$b", "\"\"", "''", "\"'", "\"", "<your token>", "<>", "yes", "Off", "TRUE", "n", "None",
            "null",
            "enabled", "Disabled", "0", "-1", "+2", "0.5", ".5", "1.2.3", "3600", "15m", "7d12h", "1w", "2y", "500ms",
            "1s",
            "12345678901s", "1234567890123", "/run/secrets/key", "./key.pem", "../key", "~/key", "file:x", "http://x",
            "https://login.example.com/token",
        ])
    func otherValues(_ value: String) { #expect(!Self.canBe(value)) }
}
