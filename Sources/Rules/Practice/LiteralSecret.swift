import Diagnostics
import YAMLSyntax

/// BP504: a secret written into the manifest.
enum LiteralSecret: Rule {
    static let code = Code.literalSecret
    static let finds = "Environment variables and build arguments named like secrets whose value is written out."
    static let matters =
        "The manifest and what is emitted from it are committed; a secret in them is known to every reader."

    private static let words: Set<String> = [
        "PASSWORD", "PASSWD", "SECRET", "TOKEN", "APIKEY", "CREDENTIALS", "PRIVATEKEY",
    ]
    private static let endings = ["API_KEY", "PRIVATE_KEY", "SECRET_KEY", "ACCESS_KEY"]

    static func check(_ context: inout RuleContext) {
        let tree = context.tree
        for fragment in context.fragments {
            if let value = tree.value("environment", in: fragment.body) { check(value, &context) }
        }
        for image in context.manifest.images {
            if let build = image.build, let args = tree.value("args", in: build) {
                check(args, isArgument: true, &context)
            }
        }
    }

    private static func check(_ node: NodeID, isArgument: Bool = false, _ context: inout RuleContext) {
        let tree = context.tree
        for (key, value) in tree.entries(node) where !tree.isNull(value) && tree[value].kind == .scalar {
            if isLiteral(tree.text(value)[...]) { report(tree.text(key), value, isArgument, &context) }
        }
        for item in tree.items(node) {
            let text = tree.text(item)
            guard let equals = text.firstIndex(of: "="), isLiteral(text[text.index(after: equals)...]) else { continue }
            report(String(text[..<equals]), item, isArgument, &context)
        }
    }

    private static func isLiteral(_ value: Substring) -> Bool { !value.isEmpty && !value.contains("$") }

    private static func report(_ name: String, _ node: NodeID, _ isArgument: Bool, _ context: inout RuleContext) {
        let upper = name.uppercased()
        let last = upper.split(separator: "_").last.map(String.init) ?? ""
        guard words.contains(last) || endings.contains(where: upper.hasSuffix) else { return }
        context.report(
            code, "`\(name)` looks like a secret and is written out", at: context.tree[node].span,
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
