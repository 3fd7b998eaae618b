import ComposeSpec
import Diagnostics
import Inspection
import Resolution
import StrategyManifest
import YAMLSyntax

/// BP214: a volume or network that no service of its project uses.
enum UnusedVolumeOrNetwork: Rule {
    static let code = Code.unusedVolumeOrNetwork
    static let summary = "Volumes and networks of a project that none of its services uses in any environment."
    static let rationale = "Compose never creates it; often a service that was to use it has lost its line."

    static let runsLast = true

    static func check(_ context: inout RuleContext) {
        guard context.isWhole else { return }
        let tree = context.tree
        let variants = Array(context.resolution.variants.indices)
        // What a misspelt name means is used.
        let unknown = context.diagnostics.items.filter { $0.code == .unknownVolume || $0.code == .unknownNetwork }
        let meant = Set(unknown.flatMap { $0.fix?.edits.map(\.replacement) ?? [] })
        for (index, project) in context.manifest.projects.enumerated() {
            for (key, section) in project.sections {
                check(key, section, of: index, in: variants, &context, leavingOut: [], meant)
            }
        }
        // What an environment alone declares is judged by that environment alone.
        lazy var overrides = context.manifest.environments.map(\.projectsByName)
        for changed in context.resolution.changedSections {
            guard let environment = context.resolution.variants[changed.variant].environment else { continue }
            let project = context.manifest.projects[changed.project]
            let own = overrides[environment][project.name.symbol]
            for (key, section) in own?.sections ?? [] {
                let declared = project.sections.filter { tree[$0.key].symbol == tree[key].symbol }
                check(
                    key, section, of: changed.project, in: [changed.variant], &context,
                    leavingOut: Set(declared.flatMap { tree.entries($0.value).map { tree[$0.key].symbol } }), meant)
            }
        }
    }

    /// - Parameters:
    ///   - variants: those in one of which something must use each name.
    ///   - meant: what names that nothing declares are taken for.
    private static func check(
        _ key: NodeID, _ section: NodeID, of project: Int, in variants: [Int], _ context: inout RuleContext,
        leavingOut known: Set<Symbol>, _ meant: Set<[UInt8]>
    ) {
        let (tree, keys) = (context.tree, context.compose)
        let kind = tree[key].symbol
        guard kind == keys.volumes || kind == keys.networks, !tree.entries(section).isEmpty else { return }
        var used: Set<Symbol> = kind == keys.networks ? known.union([keys.defaultName]) : known
        for variant in variants {
            for service in context.resolution.variants[variant].projects[project].services {
                guard let value = tree.value(kind, in: service.body) else { continue }
                names(value, isVolume: kind == keys.volumes, keys, tree, &used)
            }
        }
        for (name, value) in tree.entries(section)
        where tree[value].tag != .reset && !tree.isExtension(name) && !used.contains(tree[name].symbol)
            && !meant.contains(Array(tree.text(name).utf8)) && !context.countsOnly(code)
        {
            let noun = tree.text(kind).dropLast()
            let isDrive = kind == keys.volumes && tree.withBytes(name, isLetter)
            context.report(
                code, "no service uses the \(noun) `\(tree.text(name))`", at: tree[name].span,
                "nothing in `\(context.manifest.text(context.manifest.projects[project].name))` names it",
                help: [
                    isDrive
                        ? "a name of one letter is a drive of Windows in `\(tree.text(name)):/path`: give it a longer one"
                        : "remove it, or name it in the `\(tree.text(kind))` of the service that needs it"
                ])
        }
    }

    /// Whether a text is one letter: in a mount's short form Compose takes it for a drive (2.26: `v:/v` mounts a volume
    /// without a name at `v:/v`).
    private static func isLetter(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        text.count == 1 && (0x61...0x7A).contains(text[0] | 0x20)
    }

    /// The names in a service's `volumes` or `networks`, in short and long form; a name that is no symbol is declared
    /// nowhere. One with variables is what their defaults make: `${DATA:-data}:/data` uses `data`.
    private static func names(
        _ value: NodeID, isVolume: Bool, _ keys: ComposeKeys, _ tree: Tree, _ used: inout Set<Symbol>
    ) {
        for entry in tree.entries(value) { used.insert(tree[entry.key].symbol) }
        for item in tree.items(value) {
            let name = tree.value(keys.source, in: item) ?? item
            let symbol: Symbol? = tree.withBytes(name) { text in
                let isShortMount = isVolume && name == item
                let end = text.firstIndex { $0 == UInt8(ascii: "$") || isShortMount && $0 == UInt8(ascii: ":") }
                if let end, text[end] == UInt8(ascii: "$") {
                    let written = VariableText(String(decoding: text, as: UTF8.self))
                    return written?.settled(upTo: isShortMount ? ":" : nil).flatMap { tree.symbols.find($0) }
                }
                var range = 0..<(end ?? text.count)
                if isShortMount, case .success(let mount) = ShortMount.parse(text) {
                    range = mount.source ?? text.indices
                }
                return tree.symbols.find(UnsafeBufferPointer(rebasing: text[range]))
            }
            if let symbol { used.insert(symbol) }
        }
    }
}
