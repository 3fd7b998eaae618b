import Diagnostics
import YAMLSyntax

/// BP116: an environment name that cannot be part of a file name.
enum InvalidEnvironmentName: Rule {
    static let code = Code.invalidEnvironmentName
    static let summary = "Environment names other than letters, digits, `_` and `-`, and the name `override`."
    static let rationale = """
        An environment's name becomes part of a file name; `docker-compose.override.yml` would be merged by Compose \
        into every development run by itself.
        """

    static func check(_ context: inout RuleContext) {
        for environment in context.manifest.environments {
            let bytes = context.tree.symbols.bytes(environment.name.symbol)
            let text = context.manifest.text(environment.name)
            if text == "override" {
                context.report(
                    .invalidEnvironmentName, "an environment cannot be called `override`", at: environment.name.span,
                    "Compose merges `docker-compose.override.yml` by itself",
                    help: ["choose another name, such as `local`"])
            } else if bytes.isEmpty || bytes.first == UInt8(ascii: "-") || !bytes.allSatisfy(isAllowed) {
                context.report(
                    .invalidEnvironmentName, "`\(text)` cannot be an environment's name", at: environment.name.span,
                    "it becomes part of a file name", help: ["use letters, digits, `_` and `-`"])
            }
        }
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        (byte >= 0x61 && byte <= 0x7A) || (byte >= 0x41 && byte <= 0x5A) || (byte >= 0x30 && byte <= 0x39)
            || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
    }
}
