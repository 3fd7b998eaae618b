import Diagnostics
import StrategyManifest
import YAMLSyntax

/// BP114: names that are one name where case does not count.
enum NamesDifferByCase: Rule {
    static let code = Code.namesDifferByCase
    static let summary = "Images, projects or services of one project whose names differ only in case."
    static let rationale = "File systems and people take them for the same; files and folders named after them collide."

    static func check(_ context: inout RuleContext) {
        check(context.manifest.images.map(\.name), "images", &context)
        check(context.manifest.projects.map(\.name), "projects", &context)
        for project in context.manifest.projects { check(project.services.map(\.name), "services", &context) }
    }

    private static func check(_ names: [Name], _ noun: String, _ context: inout RuleContext) {
        let tree = context.tree
        func hasCapital(_ name: Name) -> Bool { tree.symbols.bytes(name.symbol).contains { $0 >= 0x41 && $0 <= 0x5A } }
        // Lower-case names, the rule everywhere, cannot differ by case alone.
        let capitals = names.filter(hasCapital)
        if capitals.isEmpty { return }
        var first: [String: Name] = [:]
        for name in names {
            let folded = tree.text(name.symbol).lowercased()
            guard let other = first[folded] else {
                first[folded] = name
                continue
            }
            context.report(
                .namesDifferByCase,
                "two \(noun) are called `\(tree.text(other.symbol))` and `\(tree.text(name.symbol))`", at: name.span,
                "differs only in case", also: [context.label(other.span, "from this one")], help: ["rename one of them"]
            )
        }
    }
}
