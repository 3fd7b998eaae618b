import Planning
import StrategyManifest
import YAMLSyntax

/// Writes the Compose file that `build.sh` feeds to Compose: one service for each distinct build of an owner.
///
/// Each image gets two constant labels, by which `clean.sh` knows what this workspace's builds left behind, and two that
/// the script fills in: what the image is built from.
struct BuildDocument {
    private let plan: Plan
    private let names: BuildServiceNames

    init(_ plan: Plan, _ names: BuildServiceNames) {
        self.plan = plan
        self.names = names
    }

    /// Writes an owner's file.
    ///
    /// - Parameter builds: the owner's builds, as indices of the plan's `builds`.
    func write(_ project: Int, _ builds: [Int], to writer: inout YAMLWriter) {
        let tree = plan.tree
        writer.entry("name", plan.projectName(project), indent: 0)
        writer.key("services", indent: 0)
        writer.endLine()
        for index in builds {
            let build = plan.builds[index]
            writer.key(names.services[index], indent: 2)
            writer.endLine()
            writer.entry("image", plan.variants[0].references[build.images[0]], indent: 4)
            writer.key("build", indent: 4)
            writer.endLine()
            write(build, to: &writer)
        }
        // A build's secrets are declared beside its services.
        let needsSecrets = builds.contains { tree.value("secrets", in: plan.builds[$0].node) != nil }
        for (key, value) in plan.manifest.projects[project].sections where tree.text(key) == "secrets" && needsSecrets {
            writer.writeEntry(key, value, of: tree, indent: 0)
        }
    }

    /// The labels by which `clean.sh` knows an image: its workspace, and the first image of its build.
    static func labels(of build: Build, _ plan: Plan) -> [(String, String)] {
        [("io.bayplan.workspace", plan.workspaceName), ("io.bayplan.image", plan.imageName(build.images[0]))]
    }

    /// The labels of what an image is built from: variables that the script sets, and nothing elsewhere.
    private static let inputs = [
        ("io.bayplan.fingerprint", "${BAYPLAN_FINGERPRINT-}"), ("io.bayplan.bases", "${BAYPLAN_BASES-}"),
    ]

    /// Writes a `build` in its long form, with the labels after those that it states.
    private func write(_ build: Build, to writer: inout YAMLWriter) {
        let tree = plan.tree
        var stated: NodeID?
        if tree[build.node].kind == .scalar {
            writer.key("context", indent: 6)
            writer.writeValue(build.node, of: tree, indent: 6)
        } else {
            for (key, value) in tree.entries(build.node) {
                if tree.text(key) == "labels" {
                    stated = value
                } else {
                    writer.writeEntry(key, value, of: tree, indent: 6)
                }
            }
        }
        writer.key("labels", indent: 6)
        writer.endLine()
        let labels = Self.labels(of: build, plan) + Self.inputs
        if let stated, tree[stated].kind == .sequence {
            for item in tree.items(stated) { writer.item(tree.text(item), indent: 8) }
            for (name, value) in labels { writer.item(name + "=" + value, indent: 8) }
            return
        }
        if let stated, tree[stated].kind == .mapping {
            for (key, value) in tree.entries(stated) where !labels.contains(where: { $0.0 == tree.text(key) }) {
                writer.writeEntry(key, value, of: tree, indent: 8)
            }
        }
        for (name, value) in labels { writer.entry(name, value, indent: 8) }
    }
}
