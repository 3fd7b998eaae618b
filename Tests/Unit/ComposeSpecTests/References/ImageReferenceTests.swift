import Testing

@testable import ComposeSpec

/// References at the bounds of their grammar: what is a registry, and how long parts may be.
@Suite
struct ImageReferenceTests {
    @Test(
        "A registry's address in brackets, with a port or without",
        arguments: [
            ("[::1]:5000/a", "[::1]:5000"), ("[::1]/a", "[::1]"), ("[::F]/a", "[::F]"), ("[f0::9]:1/a", "[f0::9]:1"),
            ("[::1/a", nil), ("[::g]/a", nil), ("[::1]5000/a", nil), ("[::1]:/a", nil), ("[::1]:5x/a", nil),
        ] as [(String, String?)])
    func addresses(_ text: String, _ domain: String?) {
        #expect((try? ImageReference.parse(text).get())?.domain == domain)
    }

    @Test(
        "Parts as long as they may be, and one byte longer",
        arguments: [
            ("r.example/" + String(repeating: "a", count: 255), true),
            ("r.example/" + String(repeating: "a", count: 256), false),
            (String(repeating: "a", count: 247), true), (String(repeating: "a", count: 248), false),
            ("a/" + String(repeating: "a", count: 253), true), ("a/" + String(repeating: "a", count: 254), false),
            ("a:" + String(repeating: "1", count: 128), true), ("a:" + String(repeating: "1", count: 129), false),
            (String(repeating: "a", count: 63), true), (String(repeating: "a", count: 64), false),
            (String(repeating: "a", count: 63) + "g", true), (String(repeating: "0", count: 64), false),
            ("a@sha256:" + String(repeating: "a", count: 64), true),
            ("a@sha256:" + String(repeating: "a", count: 63), false),
            ("a@sha256:" + String(repeating: "a", count: 63) + "g", false),
            ("a@sha256:" + String(repeating: "a", count: 63) + "A", false),
        ])
    func lengths(_ text: String, _ isReference: Bool) {
        #expect(((try? ImageReference.parse(text).get()) != nil) == isReference)
    }

    @Test(
        "A registry is a domain, or a path, or both",
        arguments: [
            ("ghcr.io", true), ("ghcr.io/acme/x", true), ("localhost:5000", true), ("localhost/a", true),
            ("acme", true),
            ("acme/x", true), ("Acme.io", true), ("a.b", true), ("a--b/c", true), ("a__b/c.d", true),
            ("", false), ("ghcr.io/", false), ("/a", false), ("-a.io", false), ("ghcr.io:x/a", false), ("acme/", false),
            ("ghcr.io/A", false), ("a/b..c", false), ("a/b___c", false), ("a/b._c", false), ("a/_b", false),
            ("a/b-", false), ("a/b_c.d__e", true), ("a b", false),
        ])
    func registries(_ text: String, _ isRegistry: Bool) {
        #expect((ImageReference.registryFault(text) == nil) == isRegistry)
    }
}
