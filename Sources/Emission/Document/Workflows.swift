import ComposeSpec
import Diagnostics
import Planning
import StrategyManifest
import YAMLSyntax

/// The commands of the document: what one does first, daily, after a change, and when something fails.
struct Workflows {
    private let plan: Plan
    private let scripts: String?
    private let layout: Layout
    /// The manifest as seen from the document, when that lies in another folder.
    private let distantManifest: String?

    init(_ plan: Plan, _ layout: Layout, path: [String]) {
        self.plan = plan
        self.layout = layout
        let folder = Array(path.dropLast())
        distantManifest =
            folder == layout.folder
            ? nil : Layout.relative(from: folder, to: layout.folder + [layout.manifestName])
        scripts = plan.manifest.outputs[.scripts].map {
            Layout.relative(from: layout.folder, to: layout.components($0.value))
        }
    }

    var text: String {
        guard let scripts, !plan.manifest.projects.isEmpty else { return "" }
        let largest = plan.manifest.projects.indices.max { services($0) < services($1) }
        let project = largest.map { plan.projectName($0) } ?? ""
        let needsProfile = largest.map(startsOnlyByProfile) ?? false
        var sections: [(String, [(String, String)])] = []
        if !plan.builds.isEmpty {
            sections.append(
                (
                    "First set-up",
                    [
                        ("# Build every image, each one after its bases", "\(scripts)/build.sh"),
                        ("# See that all are there", "\(scripts)/verify.sh"),
                    ]
                ))
        }
        sections.append(
            (
                "Every day",
                [
                    (
                        "# Start a project from the images that are there; nothing is rebuilt",
                        "\(scripts)/up.sh \(needsProfile ? "--all-profiles " : "")\(project)"
                    ),
                    (
                        "# Stop it; its volumes stay",
                        "\(scripts)/down.sh \(project)"
                    ),
                ]
            ))
        sections.append(
            (
                "What there is",
                [("# Images with sizes, containers with status; stale ones are marked", "\(scripts)/status.sh")]
            ))
        if let image = exampleOfChange.map({ plan.imageName($0) }) {
            sections.append(
                (
                    "After a code change",
                    [
                        (
                            "# Rebuild the image and what is built from it, and recreate the containers that run them"
                                + "\n# (a restart would keep the old image)",
                            "\(scripts)/refresh.sh \(image)"
                        ),
                        (
                            "# The same after every change of the files that images are built from, until Ctrl-C",
                            "\(scripts)/refresh.sh --watch"
                        ),
                    ]
                ))
            sections.append(
                (
                    "When something is missing",
                    [
                        ("# Which images are missing, and the command that makes each", "\(scripts)/verify.sh --quiet"),
                        ("# What is built when", "\(scripts)/build.sh --list"),
                    ]
                ))
            sections.append(
                (
                    "Releases",
                    (ownRelease.map {
                        [
                            (
                                "# Build what \($0) runs, which is built otherwise",
                                "\(scripts)/build.sh --environment \($0)"
                            )
                        ]
                    } ?? [])
                        + [
                            (
                                isAttested
                                    ? "# Build, attest and push; prints the digests, ready for the manifest"
                                    : "# Tag and push what is built; prints the digests, ready for the manifest",
                                "\(scripts)/release.sh --version 1.0.0\(releaseChoice)"
                            )
                        ]
                ))
        }
        if let commands = stackCommands { sections.append(("Swarm", commands)) }
        if let (environment, group, bake) = cached {
            sections.append(
                (
                    "One cache",
                    [
                        (
                            "# In CI: build every image, and write the layers that all others read",
                            "docker buildx bake -f \(bake) \(group)"
                        ),
                        (
                            "# Anywhere: build from those layers",
                            "\(scripts)/build.sh --environment \(environment)"
                        ),
                    ]
                ))
        }
        if plan.resolution.references.indices.contains(where: { canBePinned($0) }) {
            sections.append(
                (
                    "Pins",
                    [
                        (
                            "# Write the digests that the registries have now into the manifest; then compile",
                            "\(scripts)/pin.sh --write"
                        )
                    ]
                ))
        }
        if !plan.builds.isEmpty {
            sections.append(
                (
                    "Clean-up",
                    [
                        (
                            "# Remove what builds of this workspace left behind; asks first, touches nothing else",
                            "\(scripts)/clean.sh"
                        )
                    ]
                ))
        }
        var text = "\n## Workflows\n"
        if let distantManifest { text += "\nFrom the folder of \(MarkdownText.code(distantManifest)):\n" }
        if plan.resolution.variants.contains(where: { $0.references.contains { $0.hasVariables } }) {
            text += """

                What the variables in references are, the environment says, and the `.env` in each project's folder. \
                `docker buildx bake` reads the environment alone.

                """
        }
        for (title, commands) in sections {
            let lines = commands.map { "\($0.0)\n\($0.1)\n" }.joined(separator: "\n")
            text += "\n### \(title)\n\n\(MarkdownText.fenced(lines, as: "sh"))\n"
        }
        return text
    }

    /// An image that somebody changes often: one that runs, best without a profile, and that nothing is built on, since a base
    /// rebuilds all the others.
    private var exampleOfChange: Int? {
        var (isBase, runs, runsAlways) = (Set<Int>(), Set<Int>(), Set<Int>())
        for needs in plan.resolution.needs { for need in needs { isBase.insert(need.base) } }
        for service in plan.variants[0].projects.lazy.flatMap(\.services) {
            runs.insert(service.image)
            if !isOptional(service) { runsAlways.insert(service.image) }
        }
        let images = plan.builds.lazy.flatMap(\.images)
        return images.first { runsAlways.contains($0) && !isBase.contains($0) }
            ?? images.first { runs.contains($0) && !isBase.contains($0) } ?? images.first { runs.contains($0) }
            ?? images.first
    }

    /// Whether a service starts only where a profile is chosen.
    private func isOptional(_ service: PlannedService) -> Bool {
        !(service.profiles?.isEmpty ?? true) || service.statedProfiles.map { !plan.tree.items($0).isEmpty } ?? false
    }

    /// Whether an image is pulled by a text that can have a digest.
    private func canBePinned(_ image: Int) -> Bool {
        !plan.resolution.manifest.images[image].isBuilt && !plan.resolution.references[image].hasVariables
    }

    /// What `release.sh` must be told to know where to push.
    private var releaseChoice: String {
        let environments = released
        if environments.isEmpty { return " --registry ghcr.io/owner" }
        guard environments.count > 1, let name = environments.last?.environment else { return "" }
        return " --environment " + name
    }

    /// What one does with a stack, of the first environment of Swarm's; nil without one.
    private var stackCommands: [(String, String)]? {
        guard let variant = plan.variants.first(where: \.isSwarm), let environment = variant.environment,
            let name = plan.manifest.outputs[.compose]?.value,
            let project = variant.projects.first(where: { !$0.services.isEmpty }),
            let service = project.services.first.map({ plan.tree.text($0.name) })
        else { return nil }
        let stack = plan.projectName(project.project)
        let folder = Layout.relative(
            from: layout.folder, to: layout.components(plan.projectPath(project.project)))
        let file = Outputs.fileName(name, environment: environment)
        let move = folder == "." ? "" : "cd -- \(quotedForShell(folder)) && "
        let variables = variables(of: project, in: variant)
        let values = [
            (
                "# Docker reads no .env for a stack: give these the values that they have there",
                variables.map { "export \($0)=VALUE" }.joined(separator: "\n")
            )
        ]
        return (variables.isEmpty ? [] : values) + [
            (
                "# Deploy, and update once the new images are pushed",
                "(\(move)docker stack deploy --with-registry-auth --detach=false --prune -c \(quotedForShell(file)) \(stack))"
            ),
            (
                "# What runs, where, and why something does not",
                "docker stack services \(stack)\ndocker stack ps --no-trunc \(stack)"
            ),
            ("# Back to what a service ran before", "docker service rollback \(stack)_\(service)"),
            ("# Stop it; volumes stay on the nodes", "docker stack rm \(stack)"),
        ]
    }

    /// The variables that a project's file takes from the environment, in order.
    private func variables(of project: PlannedProject, in variant: PlannedVariant) -> [String] {
        let tree = plan.tree
        var names: Set<String> = []
        func collect(_ text: String) { names.formUnion(VariableText(text)?.names ?? []) }
        for service in project.services { collect(service.reference) }
        tree.eachScalar(below: project.services.map(\.body) + project.sections.map(\.value)) { node in
            if tree.bytes(node).contains(UInt8(ascii: "$")) { collect(tree.text(node)) }
        }
        return names.sorted()
    }

    /// The first environment that has a cache, its group in the bake file, and that file.
    private var cached: (environment: String, group: String, bake: String)? {
        guard let bake = plan.manifest.outputs[.bake], !plan.builds.isEmpty,
            let environment = plan.variants.first(where: plan.hasCache)?.environment,
            let group = BakeNames(plan).own.first(where: { $0.environment == environment })?.group
        else { return nil }
        return (environment, group, bake.value)
    }

    /// The environments that have a registry.
    private var released: [PlannedVariant] {
        plan.variants.dropFirst().filter { variant in
            plan.builds.contains { plan.resolution.variants[variant.index].references[$0.images[0]].domain != nil }
        }
    }

    /// The environment that is released, if it has builds of its own that a person runs before.
    private var ownRelease: String? {
        released.last.flatMap { isAttested || plan.ownBuilds(in: $0.index) == nil ? nil : $0.environment }
    }

    /// Whether what is released is attested, which the release does while it builds.
    private var isAttested: Bool {
        released.last.map(plan.isAttested) ?? false
    }

    /// Whether every service of a project has a profile, so that none starts unless one is chosen.
    private func startsOnlyByProfile(_ project: Int) -> Bool {
        let services = plan.variants[0].projects[project].services
        return !services.isEmpty && services.allSatisfy(isOptional)
    }

    private func services(_ project: Int) -> Int { plan.resolution.manifest.projects[project].services.count }
}
