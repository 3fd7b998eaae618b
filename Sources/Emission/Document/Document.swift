import ComposeSpec
import Planning
import StrategyManifest
import YAMLSyntax

/// Writes the workspace's guide: what images and containers there are, and how to work with them.
struct Document {
    private let plan: Plan
    private let instances: Instances?
    private let layout: Layout
    private let path: [String]

    /// - Parameter instances: the ports that move, where checkouts run side by side.
    init(_ plan: Plan, _ instances: Instances?, _ layout: Layout, path: [String]) {
        self.plan = plan
        self.instances = instances
        self.layout = layout
        self.path = path
    }

    func bytes() -> [UInt8] {
        var out: [UInt8] = []
        for line in Header(plan, layout).lines(of: path) { out += "<!-- \(line) -->\n".utf8 }
        out += "\n# Images and containers of \(MarkdownText.line(plan.workspaceName))\n\n## Images\n\n".utf8
        out += "An image has a generic name, and one project builds it. ".utf8
        out += "Every project runs it under container names of its own.\n\n".utf8
        writeImages(to: &out)
        writeContainers(to: &out)
        writeGraph(to: &out)
        writePorts(to: &out)
        if let instances { InstanceTables(plan, instances).write(to: &out) }
        writeResources(to: &out)
        EnvironmentTables(plan, buildSource: buildSource).write(to: &out)
        out += Workflows(plan, layout, path: path).text.utf8
        return out
    }

    // MARK: Images

    private func writeImages(to out: inout [UInt8]) {
        let users = usersOfImages()
        // A column that would be empty says nothing: manifests that were imported have no descriptions.
        let hasPurposes = plan.manifest.images.contains { $0.description != nil }
        var table = MarkdownTable(["Image"] + (hasPurposes ? ["Purpose"] : []) + ["Built by", "Built from", "Used by"])
        let variant = plan.variants[0]
        for (index, image) in plan.manifest.images.enumerated() {
            let owner = plan.resolution.owner(of: index)
            let bases = plan.resolution.needs[index].map { MarkdownText.code(plan.imageName($0.base)) }
            table.add(
                [.code(variant.references[index])]
                    + (hasPurposes ? [.text(image.description?.value ?? "")] : [])
                    + [
                        .text(owner.map { plan.projectName($0) } ?? "pulled"),
                        .markdown(
                            buildSource(of: image, owner)
                                + (bases.isEmpty ? "" : ", on " + bases.joined(separator: ", "))),
                        .text(users[index].map { plan.projectName($0) }.joined(separator: ", ")),
                    ])
        }
        table.write(to: &out)
        let shared = plan.builds.filter { $0.images.count > 1 }
        if shared.isEmpty { return }
        let names = shared.map { build in
            build.images.map { MarkdownText.code(plan.imageName($0)) }.joined(separator: " and ")
        }
        out += "\nBuilt once and tagged with each name: \(names.joined(separator: "; ")).\n".utf8
    }

    /// The context, Dockerfile and target of an image, as one cell; empty for an image that is pulled.
    private func buildSource(of image: Image, _ owner: Int?) -> String {
        guard let source = BuildSource(image, owner: owner, plan, layout) else { return "" }
        return [
            source.context.map(MarkdownText.code), source.dockerfile.map(MarkdownText.code),
            source.target.map { "target " + MarkdownText.code($0) },
        ].compactMap(\.self).joined(separator: ", ")
    }

    private func usersOfImages() -> [[Int]] {
        var users = [[Int]](repeating: [], count: plan.manifest.images.count)
        for project in plan.variants[0].projects {
            for image in project.services.lazy.flatMap({ [$0.image] + $0.mountedImages })
            where users[image].last != project.project {
                users[image].append(project.project)
            }
        }
        return users
    }

    // MARK: Containers

    private func writeContainers(to out: inout [UInt8]) {
        out += "\n## Containers\n".utf8
        let tree = plan.tree
        let startsOfProject = Dictionary(grouping: plan.variants[0].starts, by: \.project)
        for project in plan.variants[0].projects {
            let declared = plan.manifest.projects[project.project]
            out += "\n### \(MarkdownText.line(plan.projectName(project.project)))\n\n".utf8
            if let description = declared.description { out += "\(MarkdownText.line(description.value))\n\n".utf8 }
            let folder = Layout.relative(from: layout.folder, to: layout.components(declared.path.value))
            out += (folder == "." ? "In the manifest's folder:\n\n" : "In \(MarkdownText.code(folder)):\n\n").utf8
            let starts = (startsOfProject[project.project] ?? []).map { start in
                let name = plan.projectName(start.needed)
                return MarkdownText.code(start.service.map { name + "/" + tree.text($0) } ?? name)
            }
            if !starts.isEmpty { out += "It starts after \(starts.joined(separator: ", ")).\n\n".utf8 }
            var table = MarkdownTable(["Service", "Container", "Image", "Profiles"])
            for service in project.services {
                let stated = service.statedProfiles.map { node in tree.items(node).map { tree.text($0) } }
                table.add([
                    .text(tree.text(service.name)),
                    service.containerName.map { .code(tree.text($0)) } ?? .text("chosen by Compose"),
                    .code(service.reference), .text((service.profiles ?? stated ?? []).joined(separator: ", ")),
                ])
            }
            if table.isEmpty {
                out += "It runs no containers; it only builds images.\n".utf8
            } else {
                table.write(to: &out)
            }
        }
    }

    // MARK: Build graph

    private func writeGraph(to out: inout [UInt8]) {
        guard !plan.builds.isEmpty else { return }
        out += "\n## Build order\n\nAn arrow leads from a base to what is built from it; ".utf8
        out += "each stage can be built side by side.\n\n```mermaid\n\(MermaidGraph(plan).text)```\n".utf8
    }

    // MARK: Ports

    private func writePorts(to out: inout [UInt8]) {
        let tree = plan.tree
        var table = MarkdownTable(["On the host", "In the container", "Container"])
        for project in plan.variants[0].projects {
            for service in project.services {
                let name: MarkdownTable.Cell =
                    service.containerName.map { .code(tree.text($0)) }
                    ?? .markdown(
                        MarkdownText.code(tree.text(service.name)) + " of "
                            + MarkdownText.line(plan.projectName(project.project)))
                for port in plan.resolution.ports(of: service.body) where port.isPublished {
                    table.add([.code(port.hostText), .code(port.containerText), name])
                }
            }
        }
        if table.isEmpty { return }
        out += "\n## Ports\n\n".utf8
        table.write(to: &out)
    }

    // MARK: Networks and volumes

    /// How many networks and volumes of a project are listed: nobody reads more in a document.
    private static let listedResources = 500

    private func writeResources(to out: inout [UInt8]) {
        let (tree, resolution) = (plan.tree, plan.resolution)
        var table = MarkdownTable(["On the engine", "Kind", "Project", "Made by"])
        for project in plan.variants[0].projects {
            let name = plan.projectName(project.project)
            var count = 0
            resolution.eachResource(of: project.sections) { section, resource in
                count += 1
                if count > Self.listedResources { return }
                let isNetwork = section == resolution.resourceKeys.networks
                let (own, kind) = (resource.name(in: name, tree), isNetwork ? "network" : "volume")
                table.add([
                    .code(own), .text(kind), .text(name), .text(resource.isExternal ? "another one" : "this project"),
                ])
            }
            if count > Self.listedResources {
                table.add([
                    .text("and \(count - Self.listedResources) more"), .text(""), .text(name), .text(""),
                ])
            }
        }
        if table.isEmpty { return }
        out += "\n## Networks and volumes\n\n".utf8
        table.write(to: &out)
    }
}
