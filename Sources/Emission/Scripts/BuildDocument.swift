import Planning
import StrategyManifest
import YAMLSyntax

/// Writes the Compose file that `build.sh` feeds to Compose: one service for each distinct build of an owner.
struct BuildDocument {
    private let plan: Plan

    init(_ plan: Plan) { self.plan = plan }

    func write(_ project: Int, _ builds: [Build], to writer: inout YAMLWriter) {
        let tree = plan.tree
        writer.entry("name", plan.projectName(project), indent: 0)
        writer.key("services", indent: 0)
        writer.endLine()
        for build in builds {
            writer.key(plan.imageName(build.images[0]), indent: 2)
            writer.endLine()
            writer.entry("image", plan.variants[0].references[build.images[0]], indent: 4)
            writer.key("build", indent: 4)
            writer.writeValue(build.node, of: tree, indent: 4)
        }
        // A build's secrets are declared beside its services.
        let needsSecrets = builds.contains { tree.value("secrets", in: $0.node) != nil }
        for (key, value) in plan.manifest.projects[project].sections where tree.text(key) == "secrets" && needsSecrets {
            writer.writeEntry(key, value, of: tree, indent: 0)
        }
    }
}
