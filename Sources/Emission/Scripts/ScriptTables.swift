import Planning
import StrategyManifest
import YAMLSyntax

/// The tables of the scripts: what the bodies know of a workspace.
///
/// Names are of grammars without spaces; a path may hold anything but line ends and takes the last column.
final class ScriptTables {
    let plan: Plan
    let layout: Layout
    /// Whether some reference holds variables, in development or in an environment.
    let hasVariables: Bool
    /// Whether some build must have a variable, in development or in an environment.
    let requiresVariables: Bool
    let serviceNames: BuildServiceNames
    /// The tables of the environments, in their order; none within those of one.
    let seenFromEnvironments: [ScriptTables]
    /// Whether the environment that these are of builds some image otherwise than development.
    var buildsOtherwise: Bool { bakeNames.isOwn(plan.home.index) }

    /// The names of the bake file's targets for the builds that these are of.
    let bakeNames: BakeNames

    /// - Parameter names: those of the bake file's targets.
    convenience init(_ plan: Plan, _ layout: Layout, _ names: BakeNames) {
        self.init(
            plan, layout, names,
            hasVariables: plan.resolution.variants.contains { $0.references.contains { $0.hasVariables } })
    }

    private init(_ plan: Plan, _ layout: Layout, _ names: BakeNames, hasVariables: Bool) {
        self.plan = plan
        self.layout = layout
        self.hasVariables = hasVariables
        bakeNames = names
        serviceNames = BuildServiceNames(plan)
        seenFromEnvironments =
            plan.home.environment == nil
            ? plan.variants.dropFirst().map { variant in
                let seen = plan.seen(from: variant.index)
                return ScriptTables(seen, layout, names.seen(from: seen), hasVariables: hasVariables)
            } : []
        requiresVariables =
            plan.builds.contains { $0.build.requiresVariable(in: plan.tree) }
            || seenFromEnvironments.contains { $0.requiresVariables }
    }

    var images: ScriptTable {
        var rows: [[String]] = []
        for (index, build) in plan.builds.enumerated() {
            let needs = build.images.map { image in
                plan.resolution.needs[image].map { plan.imageName($0.base) }
            }
            for (position, image) in build.images.enumerated() {
                rows.append([
                    String(build.stage), plan.imageName(image), shown(plan.references[image]),
                    plan.projectName(build.owner),
                    needs[position].isEmpty ? "-" : needs[position].joined(separator: ","),
                    position == 0 ? "-" : plan.imageName(build.images[0]), serviceNames.services[index],
                ])
            }
        }
        return ScriptTable(
            name: "images",
            comments: [
                "The images that this workspace builds, in build order:",
                "stage, image, reference, owner, what it is built from, the image whose build also makes it, and that",
                "build's service in the Compose files below",
            ], lines: ScriptTable.aligned(rows))
    }

    var projects: ScriptTable {
        ScriptTable(
            name: "projects", comments: ["The projects and their folders."],
            lines: ScriptTable.aligned(plan.manifest.projects.indices.map { [plan.projectName($0), folder(of: $0)] }))
    }

    var files: ScriptTable {
        let name = Outputs.fileName(
            plan.manifest.outputs[.compose]?.value ?? ArtifactKind.compose.facts.defaultName,
            environment: plan.home.environment)
        return ScriptTable(
            name: "files", comments: ["The projects and their Compose files."],
            lines: ScriptTable.aligned(
                plan.manifest.projects.indices.map { project in
                    let folder = folder(of: project)
                    return [plan.projectName(project), folder == "." ? name : folder + "/" + name]
                }))
    }

    var services: ScriptTable {
        var rows: [[String]] = []
        var hasMounts = false
        let tree = plan.tree
        for project in plan.home.projects {
            for service in project.services {
                let stated = service.statedProfiles.map { node in tree.items(node).map { tree.text($0) } }
                let profiles = (service.profiles ?? stated ?? []).filter(Self.isProfileName)
                let names = profiles.isEmpty ? "-" : profiles.joined(separator: ",")
                func row(_ image: Int, _ reference: String, _ end: String) -> [String] {
                    [
                        plan.projectName(project.project), tree.text(service.name), plan.imageName(image),
                        shown(reference), owner(of: image), names + end,
                    ]
                }
                rows.append(row(service.image, service.reference, ""))
                for image in service.mountedImages {
                    rows.append(row(image, plan.home.references[image], " mounted"))
                    hasMounts = true
                }
            }
        }
        return ScriptTable(
            name: "services",
            comments: ["The services:", "project, service, image, reference, who builds it, profiles"]
                + (hasMounts
                    ? ["A row that ends in mounted is of an image that the service mounts and does not run."] : []),
            lines: ScriptTable.aligned(rows))
    }

    /// What must run before the projects start.
    var after: ScriptTable {
        let rows = plan.home.starts.map { start in
            [
                plan.projectName(start.project), plan.projectName(start.needed),
                start.service.map { plan.tree.text($0) } ?? "*",
            ]
        }
        return ScriptTable(
            name: "after",
            comments: [
                "What must run before what: project, the project that it starts after, and the one service of that which",
                "must run, or * for all. A project comes after those that it needs.",
            ], lines: ScriptTable.aligned(rows))
    }

    /// Who builds an image; `-` for one that is pulled, as a built one is where an environment takes it from a registry or by a
    /// digest.
    private func owner(of image: Int) -> String {
        let resolution = plan.resolution
        if let index = resolution.variants[resolution.home].environment {
            let reference = resolution.references[image]
            // No build makes a digest.
            if reference.digest != nil { return "-" }
            if reference.domain != nil, !plan.manifest.environments[index].keepsBuild { return "-" }
        }
        return resolution.owner(of: image).map { plan.projectName($0) } ?? "-"
    }

    /// The manifest as seen from the workspace.
    var manifest: ScriptTable {
        ScriptTable(
            name: "manifest", comments: ["The manifest's name in the workspace's folder."], texts: [layout.manifestName]
        )
    }

    /// The folder that Bayplan must reach, as seen from the workspace: whatever root it ran with.
    var root: ScriptTable {
        ScriptTable(
            name: "root", comments: ["The folder that paths stay below, as seen from the workspace's."],
            texts: [Layout.relative(from: layout.folder, to: layout.home(of: plan))])
    }

    /// The owners' builds as Compose files, each behind a line `# owner`; every other line that begins with `#` is
    /// indented.
    var builds: ScriptTable {
        var writer = YAMLWriter()
        var buildsOfProject = [[Int]](repeating: [], count: plan.manifest.projects.count)
        for (index, build) in plan.builds.enumerated() { buildsOfProject[build.owner].append(index) }
        for (project, builds) in buildsOfProject.enumerated() where !builds.isEmpty {
            writer.comment(plan.projectName(project))
            BuildDocument(plan, serviceNames).write(project, builds, to: &writer)
        }
        return ScriptTable(
            name: "builds",
            comments: ["How Compose builds them: a file for each owner, with paths relative to the owner's folder."],
            lines: writer.bytes)
    }

    /// A project's folder as seen from the workspace, never like an option.
    private func folder(of project: Int) -> String {
        let path = Layout.relative(from: layout.folder, to: layout.components(plan.projectPath(project)))
        return path.hasPrefix("-") ? "./" + path : path
    }

    /// `[a-zA-Z0-9][a-zA-Z0-9_.-]*`: others cannot be a column, and no shell could name them without quotes.
    private static func isProfileName(_ text: String) -> Bool {
        guard let first = text.utf8.first, first != UInt8(ascii: "-"), first != UInt8(ascii: ".") else { return false }
        return text.utf8.allSatisfy { byte in
            (byte >= 0x61 && byte <= 0x7A) || (byte >= 0x41 && byte <= 0x5A) || (byte >= 0x30 && byte <= 0x39)
                || "_.-".utf8.contains(byte)
        }
    }
}
