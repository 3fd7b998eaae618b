import ComposeSpec
import Planning
import StrategyManifest

/// The tables of environments that keep the layers of builds, or attest what they release.
extension ScriptTables {
    /// The environments that have a cache, by their numbers.
    var caches: ScriptTable {
        ScriptTable(
            name: "caches", comments: ["The environments whose builds read a cache, and their numbers."],
            lines: ScriptTable.aligned(
                cachingVariants.map { [String($0.plan.home.index), $0.plan.home.environment ?? ""] }))
    }

    /// Of each such environment, the builds that the bake file can stand for.
    var cachedTargets: [ScriptTable] {
        let isSettled = plan.resolution.variants.allSatisfy { $0.references.allSatisfy { $0.settled != nil } }
        return cachingVariants.map { tables in
            ScriptTable(
                name: "cached_\(tables.plan.home.index)",
                comments: [
                    "In \(tables.plan.home.environment ?? ""):",
                    "The builds that read the cache, by their services, and their targets in the bake file.",
                ], lines: ScriptTable.aligned(isSettled ? tables.bakedAlike : []))
        }
    }

    /// The environments that attest what is released.
    var attesting: ScriptTable {
        let names = plan.manifest.environments.filter { !$0.attestations.isEmpty }.map { plan.manifest.text($0.name) }
        return ScriptTable(
            name: "attesting", comments: ["The environments that attest what is released there."], texts: names)
    }

    /// Whether some environment has a cache that the bake file writes.
    var hasCaches: Bool { !cachingVariants.isEmpty }

    private var cachingVariants: [ScriptTables] {
        guard plan.manifest.outputs[.bake] != nil else { return [] }
        return seenFromEnvironments.filter { tables in
            tables.plan.builds.first.map { tables.plan.cacheReference(of: $0) != nil } ?? false
        }
    }

    /// The builds that are the same by the bake file as by Compose, which also reads a `.env`: those that take no variable,
    /// and stand on no build that does.
    private var bakedAlike: [[String]] {
        var isAlike: [Bool] = []
        for build in plan.builds {
            isAlike.append(
                build.build.variables(in: plan.tree).isEmpty && build.bases.allSatisfy { isAlike[$0] })
        }
        return plan.builds.indices.filter { isAlike[$0] }
            .map { [serviceNames.services[$0], bakeNames.targets[$0]] }
    }
}
