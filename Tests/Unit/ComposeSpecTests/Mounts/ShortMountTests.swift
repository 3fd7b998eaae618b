import Testing

@testable import ComposeSpec

/// A mount in short form as compose-go takes it apart.
struct ShortMountTests {
    /// `source|target`, with `bind` and `ro` where it is so; the reason where it is no mount.
    private static func told(_ text: String) -> String {
        let bytes = Array(text.utf8)
        return bytes.withUnsafeBufferPointer { buffer in
            switch ShortMount.parse(buffer) {
            case .failure(let fault): return fault.reason(in: buffer)
            case .success(let mount):
                func part(_ range: Range<Int>) -> String { String(decoding: buffer[range], as: UTF8.self) }
                return (mount.source.map(part) ?? "") + "|" + part(mount.target) + (mount.isBind ? " bind" : "")
                    + (mount.isReadOnly ? " ro" : "")
            }
        }
    }

    @Test(
        arguments: [
            ("/x", "|/x"), ("/xy", "|/xy"), ("data:/x", "data|/x"), ("data:/x:ro", "data|/x ro"),
            ("data:/x:z,ro", "data|/x ro"), ("data:/x:ro,rw", "data|/x"), ("data:/x:nocopy", "data|/x"),
            ("./a:/x", "./a|/x bind"), ("/a:/x", "/a|/x bind"), ("~:/x", "~|/x bind"), ("1:b", "1|b"), ("1:/x", "1|/x"),
            // One letter is a drive of Windows.
            ("a:/x", "|a:/x"), ("a:b", "|a:b"), ("c:\\a:/x", "c:\\a|/x bind"),
            ("\\\\host\\a:/x", "\\\\host\\a|/x bind"),
            ("\\a:/x", "\\a|/x"),
            // In braces a colon separates nothing.
            ("${A:-b:c}:/x", "${A:-b:c}|/x"), ("${A:-${B:-c}}:/x:ro", "${A:-${B:-c}}|/x ro"), ("a}b:/x", "a}b|/x"),
            ("data:/x$", "data|/x$"), ("$A:/x", "$A|/x"),
            ("", "it is empty"), (":ab", "nothing stands between the colons"),
            ("data::/x", "nothing stands between the colons"), ("data:/x:", "nothing stands between the colons"),
            ("data:/x:ro:rw", "there are more than three parts"),
        ])
    func parts(_ text: String, _ expected: String) { #expect(Self.told(text) == expected) }

    @Test(
        "Ports as the long form's `published` says them",
        arguments: [
            ("0", 0...0), ("65535", 65535...65535), ("65536", nil), ("3-3", 3...3), ("3-4", 3...4), ("4-3", nil),
            ("1-65535", 1...65535), ("1-65536", nil), ("", nil), ("-1", nil), ("1-", nil), ("1-2-3", nil), ("x", nil),
        ] as [(String, ClosedRange<Int>?)])
    func ranges(_ text: String, _ expected: ClosedRange<Int>?) {
        #expect(Array(text.utf8).withUnsafeBufferPointer { PortNumbers.publishedRange($0) } == expected)
    }

    @Test(
        "The names of variables, wherever they stand",
        arguments: [
            ("a$A-${B_1:-$C}", ["A", "B_1", "C"]), ("$A", ["A"]), ("$$A", []), ("$", []), ("$-", []), ("plain", []),
            ("$$$A", ["A"]), ("${A}${A}", ["A"]),
        ] as [(String, Set<String>)])
    func names(_ text: String, _ expected: Set<String>) {
        var names: Set<String> = []
        Interpolation.collectNames(of: Array(text.utf8), into: &names)
        #expect(names == expected)
    }

    @Test("A dollar sign that begins no variable is text, and so is a brace that closes none")
    func text() {
        for text in ["$.", "a$ b", "a}b", "}", "plain"] { #expect(VariableText(text)?.settled == text) }
        #expect(VariableText("$$A")?.settled == "$A" && VariableText("${A:-x}y")?.settled == "xy")
        func nested(_ count: Int) -> String {
            String(repeating: "${A:-", count: count) + "x" + String(repeating: "}", count: count)
        }
        #expect(VariableText(nested(50))?.settled == "x" && VariableText(nested(51)) == nil)
    }
}
