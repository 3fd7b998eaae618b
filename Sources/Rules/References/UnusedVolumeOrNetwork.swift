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
        let (tree, keys) = (context.tree, context.compose)
        for (index, project) in context.manifest.projects.enumerated() {
            for (key, section) in project.sections {
                let kind = tree[key].symbol
                guard kind == keys.volumes || kind == keys.networks, !tree.entries(section).isEmpty else { continue }
                var used: Set<Symbol> = kind == keys.networks ? [keys.defaultName] : []
                for variant in context.resolution.variants {
                    for service in variant.projects[index].services {
                        guard let value = tree.value(kind, in: service.body) else { continue }
                        names(value, isVolume: kind == keys.volumes, keys, tree, &used)
                    }
                }
                for (name, _) in tree.entries(section)
                where !tree.isExtension(name) && !used.contains(tree[name].symbol) && !context.countsOnly(code) {
                    let noun = tree.text(kind).dropLast()
                    context.report(
                        code, "no service uses the \(noun) `\(tree.text(name))`", at: tree[name].span,
                        "nothing in `\(context.manifest.text(project.name))` names it",
                        help: ["remove it, or name it in the `\(tree.text(kind))` of the service that needs it"])
                }
            }
        }
    }

    /// The names in a service's `volumes` or `networks`, in short and long form; a name that is no symbol is declared
    /// nowhere.
    private static func names(
        _ value: NodeID, isVolume: Bool, _ keys: ComposeKeys, _ tree: Tree, _ used: inout Set<Symbol>
    ) {
        for entry in tree.entries(value) { used.insert(tree[entry.key].symbol) }
        for item in tree.items(value) {
            let name = tree.value(keys.source, in: item) ?? item
            let symbol = tree.withBytes(name) { text in
                let isShortMount = isVolume && name == item
                let end = isShortMount ? text.firstIndex(of: UInt8(ascii: ":")) ?? text.count : text.count
                return tree.symbols.find(UnsafeBufferPointer(rebasing: text[..<end]))
            }
            if let symbol { used.insert(symbol) }
        }
    }
}
