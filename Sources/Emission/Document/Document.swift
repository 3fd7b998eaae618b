import ComposeSpec
import Planning
import StrategyManifest
import YAMLSyntax

/// Writes the workspace's guide: what images and containers there are, and how to work with them (specification 3,
/// "Document").
struct Document {
    private let plan: Plan
    private let layout: Layout
    private let path: [String]

    init(_ plan: Plan, _ layout: Layout, path: [String]) {
        self.plan = plan
        self.layout = layout
        self.path = path
    }

    func bytes() -> [UInt8] {
        var text = ""
        for line in layout.header(of: path) { text += "<!-- \(line) -->\n" }
        text += "\n# Images and containers of \(MarkdownText.line(plan.workspaceName))\n\n"
        text += "## Images\n\n"
        text +=
            "An image has a generic name, and one project builds it. Every project runs it under container names of its own.\n\n"
        text += images()
        text += containers()
        text += graph()
        var bytes = Array(text.utf8)
        bytes += ports()
        bytes += Workflows(plan, layout, path: path).text.utf8
        return bytes
    }

    // MARK: Images

    private func images() -> String {
        let users = usersOfImages()
        var table = MarkdownTable(["Image", "Purpose", "Built by", "Built from", "Used by"])
        let variant = plan.variants[0]
        for (index, image) in plan.manifest.images.enumerated() {
            let owner = plan.resolution.owner(of: index)
            let bases = plan.resolution.needs[index].map { "`\(plan.imageName($0.base))`" }
            table.add([
                .code(variant.references[index]), .text(image.description?.value ?? ""),
                .text(owner.map { plan.projectName($0) } ?? "pulled"),
                .text(
                    owner == nil
                        ? "" : buildSource(of: image) + (bases.isEmpty ? "" : ", on " + bases.joined(separator: ", "))),
                .text(users[index].map { plan.projectName($0) }.joined(separator: ", ")),
            ])
        }
        var text = table.text
        let shared = plan.builds.filter { $0.images.count > 1 }
        if !shared.isEmpty {
            text += "\nBuilt once and tagged with each name: "
            text += shared.map { build in build.images.map { "`\(plan.imageName($0))`" }.joined(separator: " and ") }
                .joined(separator: "; ")
            text += ".\n"
        }
        return text
    }

    /// The context, Dockerfile and target of an image, as one cell.
    private func buildSource(of image: Image) -> String {
        guard let build = image.build else { return "" }
        let source = BuildSource(build, of: plan.tree)
        var parts: [String] = []
        if let context = source.context { parts.append("`\(context)`") }
        if let dockerfile = source.dockerfile { parts.append("`\(dockerfile)`") }
        if let target = source.target { parts.append("target `\(target)`") }
        return parts.joined(separator: ", ")
    }

    private func usersOfImages() -> [[Int]] {
        var users = [[Int]](repeating: [], count: plan.manifest.images.count)
        for project in plan.variants[0].projects {
            for service in project.services where users[service.image].last != project.project {
                users[service.image].append(project.project)
            }
        }
        return users
    }

    // MARK: Containers

    private func containers() -> String {
        var text = "\n## Containers\n"
        for project in plan.variants[0].projects {
            let declared = plan.manifest.projects[project.project]
            text += "\n### \(plan.projectName(project.project))\n\n"
            if let description = declared.description { text += MarkdownText.line(description.value) + "\n\n" }
            let folder = Layout.relative(from: layout.folder, to: layout.components(declared.path.value))
            text += folder == "." ? "In the manifest's folder:\n\n" : "In `\(folder)`:\n\n"
            var table = MarkdownTable(["Service", "Container", "Image", "Profiles"])
            for service in project.services {
                let stated = service.statedProfiles.map { node in plan.tree.items(node).map { plan.tree.text($0) } }
                table.add([
                    .text(plan.tree.text(service.name)),
                    service.containerName.map { .code(plan.tree.text($0)) } ?? .text("chosen by Compose"),
                    .code(service.reference), .text((service.profiles ?? stated ?? []).joined(separator: ", ")),
                ])
            }
            text += table.isEmpty ? "It runs no containers; it only builds images.\n" : table.text
        }
        return text
    }

    // MARK: Build graph

    private func graph() -> String {
        guard !plan.builds.isEmpty else { return "" }
        var text =
            "\n## Build order\n\nAn arrow leads from a base to what is built from it; each stage can be built side by side.\n\n"
        text += "```mermaid\n" + MermaidGraph(plan).text + "```\n"
        return text
    }

    // MARK: Ports

    private func ports() -> [UInt8] {
        var table = MarkdownTable(["On the host", "In the container", "Container"])
        for project in plan.variants[0].projects {
            for service in project.services {
                guard let node = plan.tree.value("ports", in: service.body) else { continue }
                let name = service.containerName.map { plan.tree.text($0) } ?? plan.tree.text(service.name)
                for item in plan.tree.items(node) {
                    guard let published = PublishedPort(item, of: plan.tree) else { continue }
                    table.add([.code(published.host), .code(published.target), .code(name)])
                }
            }
        }
        return table.isEmpty ? [] : Array("\n## Ports\n\n".utf8) + table.lines
    }
}
