import Diagnostics
import Inspection
import Resolution
import SourceText
import YAMLSyntax

/// BP402: one volume of the engine that two projects write.
enum VolumeShared: Rule {
    static let code = Code.volumeShared
    static let summary = "External or explicitly named volumes that services of two projects can write."
    static let rationale = "Two programs that know nothing of each other write the same files."

    /// The first writer of a volume in a project.
    private struct Writer {
        let project: Int
        let span: Span
        let service: Symbol
    }

    static func check(_ context: inout RuleContext) {
        let (manifest, tree) = (context.manifest, context.tree)
        let development = engineNames(in: context.resolution.variants[0], context)
        let changed = Set(context.resolution.changedSections.map(\.variant))
        var reported: Set<String> = []
        for (index, variant) in context.resolution.variants.enumerated() {
            let names = changed.contains(index) ? engineNames(in: variant, context) : development
            if names.lazy.filter({ !$0.isEmpty }).count < 2 { continue }
            var writers: [String: [Writer]] = [:]
            var order: [String] = []
            for project in variant.projects where !names[project.project].isEmpty {
                for service in project.services {
                    guard let volumes = tree.value(context.compose.volumes, in: service.body) else { continue }
                    for item in tree.items(volumes) {
                        guard let use = VolumeUse(item, context.resolution.mountKeys, tree), !use.isReadOnly,
                            let name = use.resource.symbol.flatMap({ names[project.project][$0] }),
                            writers[name]?.last?.project != project.project
                        else { continue }
                        if writers[name] == nil { order.append(name) }
                        writers[name, default: []].append(
                            Writer(project: project.project, span: use.resource.span, service: service.name.symbol))
                    }
                }
            }
            for name in order {
                guard let found = writers[name], found.count > 1, reported.insert(name).inserted else { continue }
                func user(_ writer: Writer) -> String {
                    "`\(tree.text(writer.service))` of `\(manifest.text(manifest.projects[writer.project].name))`"
                }
                context.report(
                    .volumeShared, "\(found.count) projects write the volume `\(name)`", at: found[0].span,
                    "\(user(found[0])) writes it",
                    also: found.dropFirst().map { context.label($0.span, "and so does \(user($0))") }, why: rationale,
                    help: ["mount it read-only (`:ro`) in all but one, or give each project a volume of its own"])
            }
        }
    }

    /// For each project, the volumes by which projects can meet; empty where no name is stated.
    private static func engineNames(in variant: Variant, _ context: RuleContext) -> [[Symbol: String]] {
        let manifest = context.manifest
        var names = variant.projects.map { engineNames(of: $0.sections, context) }
        let stated = Set(names.lazy.flatMap { $0.values })
        if stated.isEmpty { return [] }
        for project in variant.projects {
            let name = manifest.text(manifest.projects[project.project].name)
            addMeetingNames(of: project.sections, of: name, stated, to: &names[project.project], context)
        }
        return names
    }

    /// Adds the volumes that Compose names itself, `PROJECT_KEY`, where another place states that very name.
    private static func addMeetingNames(
        of sections: [(key: NodeID, value: NodeID)], of project: String, _ stated: Set<String>,
        to names: inout [Symbol: String], _ context: RuleContext
    ) {
        let (tree, keys) = (context.tree, context.compose)
        for (key, value) in sections where tree[key].symbol == keys.volumes {
            for entry in tree.entries(value)
            where names[tree[entry.key].symbol] == nil && tree.value(keys.name, in: entry.value) == nil {
                let name = project + "_" + tree.text(entry.key)
                if stated.contains(name) { names[tree[entry.key].symbol] = name }
            }
        }
    }

    /// The volumes of a project that other projects can name, by their key, with the engine's name.
    private static func engineNames(of sections: [(key: NodeID, value: NodeID)], _ context: RuleContext) -> [Symbol:
        String]
    {
        let (tree, keys) = (context.tree, context.compose)
        var names: [Symbol: String] = [:]
        for (key, value) in sections where tree[key].symbol == keys.volumes {
            for entry in tree.entries(value) {
                let volume = EngineResource(entry, context.resolution.resourceKeys, tree)
                guard volume.isExternal || volume.statedName != nil else { continue }
                if let name = volume.statedName, tree.holdsInterpolation(name) { continue }
                names[tree[entry.key].symbol] = tree.text(volume.statedName ?? entry.key)
            }
        }
        return names
    }
}
