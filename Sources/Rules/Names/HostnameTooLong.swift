import ComposeSpec
import Diagnostics
import SourceText
import YAMLSyntax

/// BP112: a name that no other container can resolve.
enum HostnameTooLong: Rule {
    static let code = Code.hostnameTooLong
    static let summary = "Service and container names of more than 63 octets."
    static let rationale =
        "Containers reach each other by these names; a DNS label holds 63 octets, and a longer one does not resolve."

    static func check(_ context: inout RuleContext) {
        let tree = context.tree
        var seen: Set<Span> = []
        func report(_ symbol: Symbol, _ span: Span, _ what: String, _ context: inout RuleContext) {
            var length = tree.symbols.bytes(symbol).count
            // What counts is the name that a variable's default makes, and not how the variable is written.
            if length > 63, tree.symbols.bytes(symbol).contains(UInt8(ascii: "$")) {
                length = VariableText(tree.text(symbol))?.settled?.utf8.count ?? 0
            }
            guard length > 63, seen.insert(span).inserted else { return }
            context.report(
                code, "\(what) has \(length) octets; DNS allows 63", at: span,
                "no other container can reach it by name",
                why: "a longer label is not resolved, neither by Docker's DNS nor by any other",
                help: ["shorten the name, or the template that makes it"])
        }
        for project in context.manifest.projects {
            for service in project.services {
                report(service.name.symbol, service.name.span, "this service name", &context)
            }
        }
        for variant in context.resolution.variants {
            for project in variant.projects {
                for service in project.services {
                    guard let symbol = service.containerName.symbol else { continue }
                    var span = service.name.span
                    if case .literal(_, let place) = service.containerName { span = place }
                    report(symbol, span, "this container's name", &context)
                }
            }
        }
    }
}
