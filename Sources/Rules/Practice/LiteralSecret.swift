import ComposeSpec
import Diagnostics
import SourceText
import YAMLSyntax

/// BP504: a secret written into the manifest.
enum LiteralSecret: Rule {
    static let code = Code.literalSecret
    static let finds = """
        Environment variables and build arguments named like secrets whose value is written out and can be one: no \
        path, no switch such as `yes`, no number.
        """
    static let matters =
        "The manifest and what is emitted from it are committed; a secret in them is known to every reader."

    /// The last word of a name, in capitals.
    private static let words: [StaticString] = [
        "PASSWORD", "PASSWD", "SECRET", "TOKEN", "APIKEY", "CREDENTIALS", "PRIVATEKEY",
    ]
    private static let endings: [StaticString] = ["API_KEY", "PRIVATE_KEY", "SECRET_KEY", "ACCESS_KEY"]

    static func check(_ context: inout RuleContext) {
        let (tree, keys) = (context.tree, context.compose)
        for fragment in context.fragments {
            if let value = tree.value(keys.environment, in: fragment.body) { check(value, tree, &context) }
        }
        for part in context.manifest.writtenBuilds {
            guard let node = tree.value("args", in: part.value) else { continue }
            for argument in tree.assignments(node) { check(argument, &context) }
        }
    }

    private static func check(_ argument: Assignment, _ context: inout RuleContext) {
        guard var value = argument.value else { return }
        var name = argument.name
        if name.withUTF8(namesSecret), value.withUTF8(isLiteral) {
            report(argument.name, argument.span, isArgument: true, &context)
        }
    }

    private static func check(_ node: NodeID, _ tree: Tree, _ context: inout RuleContext) {
        for (key, value) in tree.entries(node) where !tree.isNull(value) && tree[value].kind == .scalar {
            if tree.withBytes(key, namesSecret), tree.withBytes(value, isLiteral) {
                report(tree.text(key), tree[value].span, isArgument: false, &context)
            }
        }
        for item in tree.items(node) {
            let name = tree.withBytes(item) { text in
                text.firstIndex(of: UInt8(ascii: "=")).flatMap { equals in
                    let name = UnsafeBufferPointer(rebasing: text[..<equals])
                    let value = UnsafeBufferPointer(rebasing: text[(equals + 1)...])
                    return namesSecret(name) && isLiteral(value) ? String(decoding: name, as: UTF8.self) : nil
                }
            }
            if let name { report(name, tree[item].span, isArgument: false, &context) }
        }
    }

    private static func isLiteral(_ value: UnsafeBufferPointer<UInt8>) -> Bool {
        !value.isEmpty && !value.contains(UInt8(ascii: "$")) && !isSwitch(value) && !isPath(value)
    }

    /// `yes`, `off`, a number: what turns something on or off, or counts it.
    private static func isSwitch(_ value: UnsafeBufferPointer<UInt8>) -> Bool {
        if value.allSatisfy({ (0x30...0x39).contains($0) }) { return true }
        let words: [StaticString] = [
            "YES", "NO", "TRUE", "FALSE", "ON", "OFF", "Y", "N", "NONE", "NULL", "ENABLED", "DISABLED",
        ]
        return words.contains { $0.utf8CodeUnitCount == value.count && ends(value[...], in: $0) }
    }

    /// `/run/secrets/key`, `./key.pem`: where a secret lies, and not what it is.
    private static func isPath(_ value: UnsafeBufferPointer<UInt8>) -> Bool {
        let begins: [StaticString] = ["/", "./", "../", "~/", "file:"]
        guard
            begins.contains(where: { start in
                value.starts(with: UnsafeBufferPointer(start: start.utf8Start, count: start.utf8CodeUnitCount))
            })
        else { return false }
        // A path has words; what is made of all kinds of letters, and of signs, is no path that a person named.
        return !value.contains { "=+ ".utf8.contains($0) }
    }

    /// Whether a name ends, in capitals or not, like that of a secret; underscores behind it do not count.
    private static func namesSecret(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let last = name.lastIndex(where: { $0 != UInt8(ascii: "_") }) else { return false }
        let word = (name[...last].lastIndex(of: UInt8(ascii: "_")) ?? -1) + 1
        return words.contains { $0.utf8CodeUnitCount == last + 1 - word && ends(name[...last], in: $0) }
            || endings.contains { ends(name[...], in: $0) }
    }

    private static func ends(_ name: Slice<UnsafeBufferPointer<UInt8>>, in ending: StaticString) -> Bool {
        let letters = UnsafeBufferPointer(start: ending.utf8Start, count: ending.utf8CodeUnitCount)
        guard letters.count <= name.count else { return false }
        return zip(name.suffix(letters.count), letters).allSatisfy { byte, letter in
            byte == letter || (0x61...0x7A).contains(byte) && byte & 0xDF == letter
        }
    }

    private static func report(_ name: String, _ span: Span, isArgument: Bool, _ context: inout RuleContext) {
        if context.countsOnly(code) { return }
        context.report(
            code, "`\(name)` looks like a secret and is written out", at: span,
            "everyone who reads this file can read it",
            why: "the manifest and what is emitted from it are committed",
            help: isArgument
                ? [
                    "make it a build secret: `secrets` under `build`, `RUN --mount=type=secret` in the Dockerfile",
                    "an argument, even one from the environment, stays in the image's history",
                ]
                : ["take it from the environment: `${\(name):?}`", "or use Compose's `secrets` and `\(name)_FILE`"])
    }
}
