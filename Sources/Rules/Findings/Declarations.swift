import Diagnostics
import Inspection
import Resolution
import SourceText
import YAMLSyntax

/// What a project declares in one of its sections.
struct Declarations {
    private let section: Symbol
    private let project: Int
    private let names: Set<Symbol>
    /// The keys of the names, by their place.
    private let keys: [NodeID]
    /// Where this holds: an environment, whether it inherits nothing, and what development declares; nil for development.
    private let environment: (name: String, isComplete: Bool, inherited: Set<Symbol>)?

    init(_ section: Symbol, of project: ResolvedProject, in variant: Variant, _ context: RuleContext) {
        self.section = section
        self.project = project.project
        let tree = context.tree
        let sections = project.sections.filter { tree[$0.key].symbol == section }
        keys = sections.flatMap { tree.entries($0.value).map(\.key) }
            .sorted { tree[$0].span.start < tree[$1].span.start }
        names = Set(keys.map { tree[$0].symbol })
        environment = variant.environment.map { index in
            let (manifest, declared) = (context.manifest, context.manifest.environments[index])
            let own = manifest.projects[project.project].sections.filter { tree[$0.key].symbol == section }
            return (
                manifest.text(declared.name), declared.isComplete,
                Set(own.flatMap { tree.entries($0.value).map { tree[$0.key].symbol } })
            )
        }
    }

    func holds(_ use: ResourceUse) -> Bool { use.isUnknown || use.symbol.map { names.contains($0) } ?? false }

    func report(_ use: ResourceUse, _ code: Code, _ user: String, _ why: String, _ context: inout RuleContext) {
        if context.countsOnly(code) { return }
        let (manifest, tree) = (context.manifest, context.tree)
        let sectionName = tree.text(section)
        let noun = String(sectionName.dropLast())
        let projectName = manifest.text(manifest.projects[project].name)
        var help: [String] = []
        let isInherited = environment.map { use.symbol.map($0.inherited.contains) ?? false }
        let place = isInherited ?? false ? environment.map { " in `\($0.name)`" } ?? "" : ""
        let near = use.name.isEmpty ? nil : context.closestMatch(to: use.name, among: keys.lazy.map { tree.text($0) })
        if use.name.isEmpty {
            help.append("add `source:` with one of the project's \(sectionName)")
        } else if let isInherited, isInherited {
            help.append(
                environment?.isComplete ?? false
                    ? "declare it there, too: this environment inherits no \(sectionName)"
                    : "keep the \(noun) there, or take this use of it away there, too")
        } else if let near {
            help.append("did you mean `\(near)`?")
        } else {
            help.append("declare it: `\(use.name):` under `\(sectionName)` of the project `\(projectName)`")
        }
        if code == .unknownVolume { help.append("a folder of the host begins with `./`, `/` or `~`") }
        context.report(
            code,
            use.name.isEmpty
                ? "\(user) does not say which \(noun) it uses"
                : "the project `\(projectName)` has no \(noun) `\(use.name)`\(place)",
            at: use.span, use.name.isEmpty ? "`source` is missing here" : "\(user) uses it here", why: why, help: help,
            fix: isInherited ?? false ? nil : context.renaming(use.name, to: near, at: use.span))
    }
}

/// What a list of names, or a mapping by names, uses.
func namedUses(_ value: NodeID, _ tree: Tree) -> [ResourceUse] {
    tree.items(value).map { ResourceUse($0, tree) } + tree.entries(value).map { ResourceUse($0.key, tree) }
}

/// What a list of configurations or secrets grants.
func grants(_ value: NodeID, _ keys: ComposeKeys, _ tree: Tree) -> [ResourceUse] {
    tree.items(value).compactMap { item in
        if tree[item].kind == .scalar { return ResourceUse(item, tree) }
        guard tree[item].kind == .mapping else { return nil }
        return tree.value(keys.source, in: item).map { ResourceUse($0, tree) } ?? ResourceUse(lackingIn: item, tree)
    }
}

/// Checks every merged body's uses of one section of its project.
func checkUses(
    _ code: Code, _ section: Symbol, allowed: Symbol? = nil, _ context: inout RuleContext,
    _ uses: (NodeID, Tree) -> [ResourceUse]
) {
    let (tree, rationale) = (context.tree, Registry.rules.first { $0.code == code }?.rationale ?? "")
    for variant in context.resolution.variants {
        for project in variant.projects {
            var declared: Declarations?
            for service in project.services {
                guard let value = tree.value(section, in: service.body) else { continue }
                for use in uses(value, tree) where allowed == nil || use.symbol != allowed {
                    let known = declared ?? Declarations(section, of: project, in: variant, context)
                    declared = known
                    if known.holds(use) { continue }
                    known.report(use, code, "`\(tree.text(service.name.symbol))`", rationale, &context)
                }
            }
        }
    }
}
