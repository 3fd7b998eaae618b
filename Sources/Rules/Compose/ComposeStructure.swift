import ComposeSpec
import Diagnostics
import StrategyManifest
import YAMLSyntax

/// BP220, BP221: unknown keys and wrong types in Compose fragments.
enum ComposeStructure: Rule {
    static let code = Code.unknownComposeKey
    static let summary =
        "Keys that Compose does not have, and values that Compose does not take, in service bodies, builds, networks, volumes, configs and secrets."
    static let rationale = "Compose refuses the whole file, and says neither where nor, often, why."

    private static let build = Shape.anyOf([.path, .object(ComposeTable.build)])
    private static let service = Shape.object(ComposeTable.service)
    private static let sections: [(name: String, shape: Shape)] = [
        ("networks", .mapping(.anyOf([.object(ComposeTable.network), .null]), keys: nil)),
        ("volumes", .mapping(.anyOf([.object(ComposeTable.volume), .null]), keys: .composeName)),
        ("configs", .mapping(.object(ComposeTable.config), keys: .composeName)),
        ("secrets", .mapping(.object(ComposeTable.secret), keys: .composeName)),
    ]

    /// The values of a service whose required keys several layers may bring together.
    private static let shared: [KeyShape] = ComposeTable.service.keys.filter {
        ["depends_on", "ulimits", "provider"].contains($0.name)
    }

    /// Checks on the merged bodies what no layer has to say alone.
    ///
    /// Those of an earlier text too: a value of one layer, sound beside another's, stands alone once the other is gone.
    private static func checkMerged(_ structure: inout StructureCheck, _ context: RuleContext) {
        let tree = context.tree
        let shapes = shared.compactMap { key in tree.symbols.find(key.name).map { (symbol: $0, key: key) } }
        var seen = NodeSet(for: tree)
        for variant in context.resolution.variants {
            for service in variant.projects.lazy.flatMap({ $0.services }) {
                for (key, value) in tree.entries(service.body) where tree[value].kind == .mapping {
                    guard let shape = shapes.first(where: { $0.symbol == tree[key].symbol }),
                        seen.insert(value)
                    else { continue }
                    structure.check(value, is: shape.key.shape, named: shape.key.name, codes: .compose, in: tree)
                }
            }
        }
    }

    /// Checks what environments make of builds and of the parts beside services: in an environment, nothing stands for
    /// what it lies over, and is a fault where it lies over nothing.
    private static func checkChanged(_ structure: inout StructureCheck, _ context: RuleContext) {
        let (tree, resolution) = (context.tree, context.resolution)
        var seen = NodeSet(for: tree)
        for changed in resolution.changedSections {
            for (key, value) in resolution.variants[changed.variant].projects[changed.project].sections
            where seen.insert(value) {
                guard let section = sections.first(where: { $0.name == tree.text(key) }) else { continue }
                structure.check(value, is: section.shape, named: section.name, codes: .compose, in: tree)
            }
        }
        for images in resolution.variants.lazy.compactMap(\.images) {
            for build in images.lazy.compactMap(\.build) where seen.insert(build.node) {
                structure.check(build.node, is: self.build, named: "build", codes: .compose, in: tree)
            }
        }
    }

    static func check(_ context: inout RuleContext) {
        let fragments = context.fragments
        var structure = StructureCheck()
        let tree = context.tree
        for fragment in fragments where !tree.isKnownSound(fragment.body) {
            structure.check(fragment.body, is: service, named: "the service", codes: .compose, partial: true, in: tree)
        }
        for part in context.manifest.writtenBuilds where !tree.isKnownSound(part.value) {
            structure.check(
                part.value, is: build, named: "build", codes: .compose, partial: part.isOverride,
                over: part.isOverride, in: tree)
        }
        for part in context.manifest.writtenSections where !tree.isKnownSound(part.value) {
            guard let section = sections.first(where: { $0.name == part.key }) else { continue }
            structure.check(
                part.value, is: section.shape, named: section.name, codes: .compose, partial: part.isOverride,
                over: part.isOverride, in: tree)
        }
        for project in context.manifest.projects {
            for service in project.services where tree[service.body].kind != .mapping && !tree.isNull(service.body) {
                structure.check(
                    service.body, is: self.service, named: tree.text(service.name.symbol), codes: .compose, in: tree)
            }
        }
        checkMerged(&structure, context)
        checkChanged(&structure, context)
        context.isStructureSound = structure.diagnostics.isEmpty
        // A null container name lets Compose choose: the manifest allows it where Compose does not.
        let keys = context.resolution.keys
        let later: [Code] = [.invalidDurationOrSize, .obsoleteKey]
        context.foundEarlier = structure.diagnostics.items.filter { later.contains($0.code) }
        let chosen = Set(
            fragments.compactMap { fragment in
                tree.value(keys.containerName, in: fragment.body).flatMap { tree.isNull($0) ? tree[$0].span : nil }
            })
        let reported = structure.diagnostics.items.filter { item in
            if later.contains(item.code) { return false }
            return item.code != .wrongComposeType || !chosen.contains(item.primary.location.span)
        }
        context.diagnostics.report(contentsOf: structure.diagnostics.replacing(reported))
    }
}
