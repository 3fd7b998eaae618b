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
            writer.entry("image", plan.references[build.images[0]], indent: 4)
            writer.key("build", indent: 4)
            writer.endLine()
            writer.writeBuild(
                build.build, labels: Self.labels(of: build, plan) + Self.inputs, contexts: contexts(of: build),
                of: tree, cache: plan.cacheReference(of: build), indent: 6)
        }
        // A build's secrets are declared beside its services.
        let needsSecrets = builds.contains { !plan.builds[$0].build.options.secrets.isEmpty }
        if needsSecrets, let (key, value) = plan.secrets(of: project) {
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

    /// The named contexts of a build; nil without any. A context `service:S` becomes the image that S builds, which is
    /// there when this build runs: the services have other names here, Compose 2.26 builds no such context, and a later
    /// version would build its image once more, with what the script says of this one.
    private func contexts(of build: Build) -> [(name: String, value: String)]? {
        let contexts = plan.resolution.contexts(of: build.images[0])
        if contexts.isEmpty { return nil }
        return contexts.map { context in
            let reference = context.image.map { "docker-image://" + plan.references[$0] }
            return (context.name, reference ?? context.stated?.text ?? "")
        }
    }
}
