import Diagnostics
import SourceText

/// BP115: a variable where the manifest must be literal.
enum NotLiteral: Rule {
    static let code = Code.notLiteral
    static let summary =
        "Interpolation (`${…}`) in the owners and paths of the manifest itself."
    static let rationale = """
        What Bayplan emits depends on the manifest alone; a name that depends on someone's environment could not be \
        checked for collisions or put into a script.
        """

    static func check(_ context: inout RuleContext) {
        let manifest = context.manifest
        for image in manifest.images {
            if let owner = image.owner {
                check(Spanned(manifest.text(owner), at: owner.span), "an owner", &context)
            }
        }
        for project in manifest.projects { check(project.path, "a path", &context) }
    }

    private static func check(_ text: Spanned<String>?, _ noun: String, _ context: inout RuleContext) {
        guard let text, text.value.utf8.contains(UInt8(ascii: "$")) else { return }
        context.report(
            .notLiteral, "\(noun) must be literal", at: text.span, "this would depend on a variable",
            why: "what is emitted depends on the manifest alone; only image references may hold variables",
            help: ["write the value out"])
    }
}
