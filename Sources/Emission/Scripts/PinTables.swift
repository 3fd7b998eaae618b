import ComposeSpec
import Planning
import StrategyManifest

extension ScriptTables {
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
