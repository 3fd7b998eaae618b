import Diagnostics
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
        checkUses(code, keys.networks, allowed: keys.defaultName, &context) { value, tree in
            tree.items(value).map { ResourceUse($0, tree) } + tree.entries(value).map { ResourceUse($0.key, tree) }
        }
    }
}

/// BP208: a named volume that the project does not declare.
enum UnknownVolume: Rule {
    static let code = Code.unknownVolume
    static let summary = "Named volumes that a service mounts and the project's `volumes` do not have."
    static let rationale = "Compose refuses a project with a service on an undefined volume."

    static func check(_ context: inout RuleContext) {
        let (keys, mountKeys) = (context.compose, context.resolution.mountKeys)
        checkUses(code, keys.volumes, &context) { value, tree in
            tree.items(value).compactMap { VolumeUse($0, mountKeys, tree)?.resource }
        }
    }
}

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

/// BP210: a secret that the project does not declare.
enum UnknownSecret: Rule {
    static let code = Code.unknownSecret
    static let summary = "Secrets that a service or a build is granted and the project's `secrets` do not have."
    static let rationale = "Compose refuses a project with a service on an undefined secret."

    static func check(_ context: inout RuleContext) {
        let (keys, manifest) = (context.compose, context.manifest)
        checkUses(code, keys.secrets, &context) { value, tree in grants(value, keys, tree) }
        let resolution = context.resolution
        var told: Set<Span> = []
        let changed = Set(resolution.changedSections.map(\.variant))
        for (variant, resolved) in resolution.variants.enumerated()
        where variant == 0 || resolved.images != nil || changed.contains(variant) {
            let environment = resolved.environment.map { manifest.environments[$0] }
            guard environment?.keepsBuild ?? true else { continue }
            for (index, image) in resolution.images(of: variant).enumerated() {
                guard let secrets = image.build?.options.secrets, !secrets.isEmpty,
                    let owner = resolution.owner(of: index)
                else { continue }
                let project = resolved.projects[owner]
                // An environment without a service of the image has no build of it.
                if variant > 0, !project.services.contains(where: { $0.image == index }) { continue }
                let declared = Declarations(keys.secrets, of: project, in: resolved, context)
                for secret in secrets {
                    let use =
                        secret.source.map { ResourceUse($0, manifest.tree) }
                        ?? ResourceUse(lackingIn: secret.item, manifest.tree)
                    if declared.holds(use) || !told.insert(use.span).inserted { continue }
                    declared.report(use, code, "the build of `\(manifest.text(image.name))`", rationale, &context)
                }
            }
        }
    }
}

/// What a list of configurations or secrets grants.
private func grants(_ value: NodeID, _ keys: ComposeKeys, _ tree: Tree) -> [ResourceUse] {
    tree.items(value).compactMap { item in
        if tree[item].kind == .scalar { return ResourceUse(item, tree) }
        guard tree[item].kind == .mapping else { return nil }
        return tree.value(keys.source, in: item).map { ResourceUse($0, tree) } ?? ResourceUse(lackingIn: item, tree)
    }
}

/// Checks every merged body's uses of one section of its project.
private func checkUses(
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
