import Resolution
import YAMLSyntax

extension ScriptTables {
    /// The networks, volumes and the like of a project that are listed. A project with more has all that it could have:
    /// three scripts hold the table, and a manifest of a million volumes must not fill the memory.
    private static let listed = 1000

    /// The networks and volumes that the projects declare, in development or in an environment: what the engine has of a
    /// project and stands in no row is left over.
    var resources: ScriptTable {
        var rows: [[String]] = []
        let keys = plan.resolution.resourceKeys
        for project in plan.manifest.projects.indices {
            let name = plan.projectName(project)
            // What Compose calls the project on the engine.
            let prefix = name + (plan.instances?.suffix ?? "")
            var seen: Set<[String]> = []
            func add(_ kind: String, _ key: String, _ maker: String, _ object: String) {
                let row = [kind, name, word(key), maker, word(object)]
                if seen.insert(row).inserted { rows.append(row) }
            }
            add("network", "default", "own", prefix + "_default")
            let count = plan.variants.reduce(0) { count, variant in
                count + variant.projects[project].sections.reduce(0) { $0 + plan.tree.entries($1.value).count }
            }
            if count > Self.listed * plan.variants.count {
                for kind in ["network", "volume"] { add(kind, "*", "other", "-") }
                continue
            }
            for variant in plan.variants {
                for (key, definitions) in variant.projects[project].sections {
                    let section = plan.tree[key].symbol
                    guard section == keys.networks || section == keys.volumes else { continue }
                    for entry in plan.tree.entries(definitions) where !plan.tree.isExtension(entry.key) {
                        let resource = EngineResource(entry, keys, plan.tree)
                        let isPlain = plan.tree.entries(entry.value).isEmpty
                        add(
                            section == keys.networks ? "network" : "volume", plan.tree.text(resource.key),
                            resource.isExternal ? "external" : isPlain ? "own" : "other",
                            resource.name(in: prefix, plan.tree))
                    }
                }
            }
        }
        return ScriptTable(
            name: "resources",
            comments: [
                "The networks and volumes of the projects: kind, project, key (* for any), who makes it (own: Compose, without",
                "a word of the manifest; other: Compose, as the manifest says; external: someone else), and what the engine",
                "calls it",
            ], lines: ScriptTable.aligned(rows))
    }

    /// A text as one column.
    private func word(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) { return text }
        return String(
            decoding: text.utf8.map { $0 <= 0x20 || $0 == 0x7F ? UInt8(ascii: "_") : $0 }, as: UTF8.self)
    }
}
