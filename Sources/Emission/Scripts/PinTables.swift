import ComposeSpec
import Planning
import StrategyManifest

extension ScriptTables {
    /// The built images that environments run by a digest: environment, image, own where the environment builds some
    /// image otherwise than development, so that what it builds is what is released, and registry where it can be.
    var pinned: ScriptTable {
        var rows: [[String]] = []
        for tables in seenFromEnvironments {
            let resolution = tables.plan.resolution
            for image in tables.plan.builds.flatMap(\.images) where resolution.references[image].digest != nil {
                rows.append([
                    tables.plan.home.environment ?? "", plan.imageName(image), tables.buildsOtherwise ? "own" : "-",
                    resolution.references[image].domain == nil ? "-" : "registry",
                ])
            }
        }
        return ScriptTable(
            name: "pinned",
            comments: [
                "The images built here that environments run by a digest: environment, image, own where what the",
                "environment builds is what is released, and registry where it has one to release to.",
            ], lines: ScriptTable.aligned(rows))
    }

    /// The images that a registry has, and what to ask it for.
    var pins: ScriptTable {
        var rows: [[String]] = []
        for (index, image) in plan.manifest.images.enumerated() {
            var reference = plan.resolution.references[index]
            // Development's builds are in no registry.
            if image.isBuilt, plan.home.environment == nil || reference.domain == nil { continue }
            let isUntagged = reference.tag == nil && reference.digest != nil
            let kind =
                reference.hasVariables ? "variable" : isUntagged ? "untagged" : image.isBuilt ? "built" : "pulled"
            if kind == "built" || kind == "pulled" { reference.digest = nil }
            rows.append([plan.imageName(index), kind, shown(reference.text)])
        }
        return ScriptTable(
            name: "pins",
            comments: [
                "The images that a registry has: image, kind, the reference without a digest. A reference of the kind",
                "variable holds one, and one of the kind untagged has a digest and no tag.",
            ], lines: ScriptTable.aligned(rows))
    }
}
