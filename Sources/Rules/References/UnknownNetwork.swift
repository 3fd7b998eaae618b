import Diagnostics
import Inspection
import Resolution
import SourceText
import YAMLSyntax

/// BP207: a network that the project does not declare.
enum UnknownNetwork: Rule {
    static let code = Code.unknownNetwork
    static let summary = "Networks that a service joins and the project's `networks` do not have."
    static let rationale = "Compose refuses a project with a service on an undefined network."

    static func check(_ context: inout RuleContext) {
        let keys = context.compose
        checkUses(code, keys.networks, allowed: keys.defaultName, &context, namedUses)
    }
}
