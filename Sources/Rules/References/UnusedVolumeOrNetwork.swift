import ComposeSpec
import Diagnostics
import Resolution
import YAMLSyntax

/// BP214: a volume or network that no service of its project uses.
enum UnusedVolumeOrNetwork: Rule {
    static let code = Code.unusedVolumeOrNetwork
    static let finds = "Volumes and networks of a project that none of its services uses in any environment."
    static let matters = "Compose never creates it; often a service that was to use it has lost its line."

    static let runsLast = true

    static func check(_ context: inout RuleContext) {
        guard context.isWhole else { return }
        let tree = context.tree
        for (index, project) in context.manifest.projects.enumerated() {
            for (key, section) in project.sections {
                let kind = tree.text(key)
                guard kind == "volumes" || kind == "networks", !tree.entries(section).isEmpty else { continue }
                var used: Set<String> = kind == "networks" ? ["default"] : []
                for variant in context.resolution.variants {
                    for service in variant.projects[index].services {
                        guard let value = tree.value(kind, in: service.body) else { continue }
                        names(value, kind, tree, &used)
                    }
                }
                for (name, _) in tree.entries(section) where !tree.isExtension(name) && !used.contains(tree.text(name))
                {
                    let noun = String(kind.dropLast())
                    context.report(
                        code, "no service uses the \(noun) `\(tree.text(name))`", at: tree[name].span,
                        "nothing in `\(context.manifest.text(project.name))` names it",
                        help: ["remove it, or name it in the `\(kind)` of the service that needs it"])
                }
            }
        }
    }

    /// The names in a service's `volumes` or `networks`, in short and long form.
    private static func names(_ value: NodeID, _ kind: String, _ tree: Tree, _ used: inout Set<String>) {
        for entry in tree.entries(value) { used.insert(tree.text(entry.key)) }
        for item in tree.items(value) {
            if let source = tree.value("source", in: item) {
                used.insert(tree.text(source))
            } else {
                let text = tree.text(item)
                used.insert(kind == "volumes" ? String(text.prefix { $0 != ":" }) : text)
            }
        }
    }
}
