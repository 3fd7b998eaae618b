import Diagnostics
import SourceText

/// BP117: a workspace's name that is no name.
enum InvalidWorkspaceName: Rule {
    static let code = Code.invalidWorkspaceName
    static let summary =
        "A workspace `name` that is empty, longer than 128 characters, or holds line breaks or control characters."
    static let rationale = "The name stands in headings, comments and the bake file, each of them one line."

    static func check(_ context: inout RuleContext) {
        guard let name = context.manifest.name, let fault = fault(name.value) else { return }
        context.report(
            code, "this cannot be the workspace's name", at: name.span, fault,
            help: ["write a few words on one line, or remove `name`"])
    }

    private static func fault(_ text: String) -> String? {
        if text.allSatisfy(\.isWhitespace) { return "it is empty" }
        if text.unicodeScalars.count > 128 { return "it is longer than 128 characters" }
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate:
                return "a control character or line break stands in it"
            default: continue
            }
        }
        return nil
    }
}
