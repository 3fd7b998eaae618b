import ComposeSpec
import Diagnostics
import Resolution
import StrategyManifest
import YAMLSyntax

/// What the structural check finds in everything that is written in Compose's own syntax, apart by who reports it.
package struct ComposeStructureFindings: Sendable {
    /// Keys that Compose does not have, and values of another type than it takes.
    package let keysAndTypes: DiagnosticList
    package let durationsAndSizes: [Diagnostic]
    package let obsoleteKeys: [Diagnostic]
    /// Whether nothing was found at all.
    package let isSound: Bool

    package init(in resolution: Resolution, _ fragments: [ServiceFragment]) {
        let (manifest, tree) = (resolution.manifest, resolution.manifest.tree)
        var structure = StructureCheck()
        for fragment in fragments where !tree.isKnownSound(fragment.body) {
            structure.check(
                fragment.body, is: Self.service, named: "the service", isKey: false, codes: .compose, partial: true,
                in: tree)
        }
        for part in manifest.writtenBuilds where !tree.isKnownSound(part.value) {
            structure.check(
                part.value, is: Self.build, named: "build", codes: .compose, partial: part.isOverride,
                over: part.isOverride, in: tree)
        }
        for part in manifest.writtenSections where !tree.isKnownSound(part.value) {
            guard let section = Self.sections.first(where: { $0.name == part.key }) else { continue }
            structure.check(
                part.value, is: section.shape, named: section.name, codes: .compose, partial: part.isOverride,
                over: part.isOverride, in: tree)
        }
        for project in manifest.projects {
            for service in project.services where tree[service.body].kind != .mapping && !tree.isNull(service.body) {
                structure.check(
                    service.body, is: Self.service, named: tree.text(service.name.symbol), codes: .compose, in: tree)
            }
        }
        Self.checkMerged(&structure, resolution)
        Self.checkChanged(&structure, resolution)
        isSound = structure.diagnostics.isEmpty
        // A null container name lets Compose choose: the manifest allows it where Compose does not.
        let keys = resolution.keys
        let chosen = Set(
            fragments.compactMap { fragment in
                tree.value(keys.containerName, in: fragment.body).flatMap { tree.isNull($0) ? tree[$0].span : nil }
            })
        let found = structure.diagnostics
        durationsAndSizes = found.items.filter { $0.code == .invalidDurationOrSize }
        obsoleteKeys = found.items.filter { $0.code == .obsoleteKey }
        keysAndTypes = found.replacing(
            found.items.filter { item in
                if item.code == .invalidDurationOrSize || item.code == .obsoleteKey { return false }
                return item.code != .wrongComposeType || !chosen.contains(item.primary.location.span)
            })
    }

    private static let build = Shape.anyOf([.path, .object(ComposeTable.build)])
    private static let service = Shape.object(ComposeTable.service)
    private static let sections: [(name: String, shape: Shape)] = [
        ("networks", .mapping(.anyOf([.object(ComposeTable.network), .null]), keys: nil)),
        ("volumes", .mapping(.anyOf([.object(ComposeTable.volume), .null]), keys: .composeName)),
        ("configs", .mapping(.object(ComposeTable.config), keys: .composeName)),
        ("secrets", .mapping(.object(ComposeTable.secret), keys: .composeName)),
        ("models", .mapping(.object(ComposeTable.model), keys: .composeName)),
    ]

    /// The values of a service whose required keys several layers may bring together.
    private static let shared: [KeyShape] = ComposeTable.service.keys.filter {
        ["depends_on", "ulimits", "provider"].contains($0.name)
    }

    /// Checks on the merged bodies what no layer has to say alone.
    ///
    /// Those of an earlier text too: a value of one layer, sound beside another's, stands alone once the other is gone.
    private static func checkMerged(_ structure: inout StructureCheck, _ resolution: Resolution) {
        let tree = resolution.manifest.tree
        let shapes = shared.compactMap { key in tree.symbols.find(key.name).map { (symbol: $0, key: key) } }
        var seen = NodeSet(for: tree)
        for variant in resolution.variants {
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
    private static func checkChanged(_ structure: inout StructureCheck, _ resolution: Resolution) {
        let tree = resolution.manifest.tree
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
}
