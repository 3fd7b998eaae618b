import Diagnostics
import Inspection
import Resolution
import SourceText
import YAMLSyntax

/// BP209: a configuration that the project does not declare.
enum UnknownConfig: Rule {
    static let code = Code.unknownConfig
    static let summary = "Configurations that a service is granted and the project's `configs` do not have."
    static let rationale = "Compose refuses a project with a service on an undefined config."

    static func check(_ context: inout RuleContext) {
        let keys = context.compose
        checkUses(code, keys.configs, &context) { value, tree in grants(value, keys, tree) }
    }
}
