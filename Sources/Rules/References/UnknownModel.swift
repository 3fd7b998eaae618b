import Diagnostics
import Inspection
import Resolution
import SourceText
import YAMLSyntax

/// BP232: a model that the project does not declare.
enum UnknownModel: Rule {
    static let code = Code.unknownModel
    static let summary = "AI models that a service uses and the project's `models` do not have."
    static let rationale = "Compose refuses a project with a service that uses an undefined model."

    static func check(_ context: inout RuleContext) {
        checkUses(code, context.compose.models, &context, namedUses)
    }
}
