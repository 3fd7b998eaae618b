/// Writes an entry for everything of a map, with links to what it hangs together with.
struct MapEntries {
    private let map: WorkspaceMap
    /// Whether there is so much that projects begin folded.
    private let isLarge: Bool
    /// More links than this in one entry are folded.
    private static let mostLinks = 12

    init(_ map: WorkspaceMap) {
        self.map = map
        isLarge = map.images.count + map.containers.count > 120
    }

    func write(to out: inout Markup) {
        out.raw("<section id=\"projects\" aria-labelledby=\"projects-heading\">\n")
        out.raw("<h2 id=\"projects-heading\">Projects</h2>\n")
        if let variable = map.instanceVariable {
            out.raw("<p class=\"note\">Several checkouts run at once: where <code>")
            out.text(variable)
            out.raw(
                "</code> has a value, the names here end in a hyphen and that, and variables move the published ports.</p>\n"
            )
        }
        for index in map.projects.indices { writeProject(index, to: &out) }
        if map.projects.isEmpty { out.raw("<p>This workspace has no projects.</p>\n") }
        out.raw("</section>\n")
        if !map.pulled.isEmpty {
            out.raw("<section id=\"pulled\" aria-labelledby=\"pulled-heading\">\n")
            out.raw("<h2 id=\"pulled-heading\">Pulled images</h2>\n")
            out.raw(
                "<p class=\"note\">Taken from a registry as they are; nobody here builds them.</p>\n<ul class=\"cards\">\n"
            )
            for index in map.pulled { writeImage(index, to: &out) }
            out.raw("</ul>\n</section>\n")
        }
        map.environments.write(to: &out)
        MapPorts(map).write(to: &out)
        if map.findings.others.isEmpty { return }
        out.raw("<section id=\"findings\" aria-labelledby=\"findings-heading\">\n")
        out.raw("<h2 id=\"findings-heading\">Findings about nothing that is shown here</h2>\n")
        writeFindings(map.findings.others, to: &out)
        out.raw("</section>\n")
    }

    // MARK: Findings

    /// What was found about one thing; nothing where nothing was.
    private func writeFindings(_ findings: [MapFindings.Finding]?, to out: inout Markup) {
        guard let findings, !findings.isEmpty else { return }
        let isFolded = findings.count > Self.mostLinks
        if isFolded {
            out.raw("<details class=\"more\"><summary>")
            out.count(findings.count, "finding")
            out.raw("</summary>\n")
        }
        out.raw("<ul class=\"findings\">\n")
        for finding in findings {
            out.raw("<li class=\"")
            switch finding.severity {
            case .error: out.raw("error")
            case .warning: out.raw("warning")
            case .info: out.raw("info")
            }
            out.raw("\"><span class=\"level\">")
            out.text(finding.severity.word)
            out.raw("</span> <code>")
            out.text(finding.code)
            out.raw("</code> ")
            out.text(finding.message)
            out.raw(" <span class=\"where\">")
            out.text(finding.place)
            out.raw("</span></li>\n")
        }
        out.raw(isFolded ? "</ul>\n</details>\n" : "</ul>\n")
    }

    // MARK: Projects

    private func writeProject(_ index: Int, to out: inout Markup) {
        let project = map.projects[index]
        out.raw("<details class=\"project hue")
        out.number(index % 8)
        out.raw("\" data-entry=\"project\" id=\"")
        out.text(map.anchor(ofProject: index))
        out.raw(isLarge ? "\">\n<summary><h3>" : "\" open>\n<summary><h3>")
        out.text(project.name)
        out.raw("</h3><span class=\"facts\">")
        if !project.images.isEmpty {
            out.raw("builds ")
            out.count(project.images.count, "image")
            out.raw(", ")
        }
        out.raw("runs ")
        out.count(project.containers.count, "container")
        out.raw(" <code class=\"folder\">")
        out.text(project.folder == "." ? "./" : project.folder + "/")
        out.raw("</code></span></summary>\n<div class=\"body\">\n")
        if !project.description.isEmpty {
            out.raw("<p class=\"note\">")
            out.text(project.description)
            out.raw("</p>\n")
        }
        out.raw("<dl>\n")
        links("Starts after", project.after.indices.map(\.self), "after", "project", to: &out) { place in
            let (other, service) = project.after[place]
            let name = map.projects[other].name
            guard let service else { return (map.anchor(ofProject: other), name) }
            return (Anchor.container(name, service), name + "/" + service)
        }
        links("Starts before", project.before, "before", "project", to: &out) {
            (map.anchor(ofProject: $0), map.projects[$0].name)
        }
        code("Networks", project.networks.map(Self.resource), to: &out)
        code("Volumes", project.volumes.map(Self.resource), to: &out)
        commands(ofProject: index, to: &out)
        out.raw("</dl>\n")
        writeFindings(map.findings.projects[index], to: &out)
        if !project.images.isEmpty {
            out.raw("<h4>Builds</h4>\n<ul class=\"cards\">\n")
            for image in project.images { writeImage(image, to: &out) }
            out.raw("</ul>\n")
        }
        if !project.containers.isEmpty {
            out.raw("<h4>Runs</h4>\n<ul class=\"containers\">\n")
            for container in project.containers { writeContainer(container, to: &out) }
            out.raw("</ul>\n")
        }
        out.raw("</div>\n</details>\n")
    }

    private static func resource(_ name: String, _ isExternal: Bool) -> String {
        isExternal ? name + " (made by another one)" : name
    }

    // MARK: Images

    private func writeImage(_ index: Int, to out: inout Markup) {
        let image = map.images[index]
        out.raw("<li class=\"card")
        if let owner = image.owner {
            out.raw(" hue")
            out.number(owner % 8)
        } else {
            out.raw(" pulled")
        }
        out.raw("\" data-entry=\"image\" id=\"")
        out.text(map.anchor(ofImage: index))
        out.raw("\">\n<p class=\"name\">")
        out.link(to: map.anchor(ofImage: index), image.name)
        if image.stage > 0, map.stages > 1 {
            out.raw(" <span class=\"badge\">stage ")
            out.number(image.stage)
            out.raw("</span>")
        }
        out.raw("</p>\n")
        if !image.description.isEmpty {
            out.raw("<p>")
            out.text(image.description)
            out.raw("</p>\n")
        }
        out.raw("<dl>\n<div><dt>Reference</dt><dd><code>")
        out.text(image.reference)
        out.raw("</code></dd></div>\n")
        let source = image.source.map { [$0.context, $0.dockerfile, $0.target.map { "target " + $0 }] } ?? []
        code("Built from", source.compactMap(\.self), to: &out)
        links("On", image.bases, "base", "image", to: &out) { (map.anchor(ofImage: $0), map.images[$0].name) }
        links("Base of", image.dependants, "dependant", "image", to: &out) {
            (map.anchor(ofImage: $0), map.images[$0].name)
        }
        links("Run by", image.containers, "container", "container", to: &out) {
            (map.anchor(ofContainer: $0), map.title(ofContainer: $0))
        }
        if image.owner != nil {
            commands(
                ["build.sh \(image.name)"] + (image.containers.isEmpty ? [] : ["refresh.sh \(image.name)"]), to: &out)
        }
        out.raw("</dl>\n")
        writeFindings(map.findings.images[index], to: &out)
        out.raw("</li>\n")
    }

    /// A term with texts as code; nothing without any.
    private func code(_ term: StaticString, _ texts: [String], to out: inout Markup) {
        if texts.isEmpty { return }
        out.raw("<div><dt>")
        out.raw(term)
        out.raw("</dt><dd>")
        for (place, text) in texts.enumerated() {
            out.raw(place > 0 ? ", <code>" : "<code>")
            out.text(text)
            out.raw("</code>")
        }
        out.raw("</dd></div>\n")
    }

    private func commands(ofProject index: Int, to out: inout Markup) {
        let project = map.projects[index]
        if project.containers.isEmpty { return }
        let needsProfile = project.containers.allSatisfy { !map.containers[$0].profiles.isEmpty }
        commands(
            ["up.sh \(needsProfile ? "--all-profiles " : "")\(project.name)", "down.sh \(project.name)"], to: &out)
    }

    /// What is typed for one thing in a terminal, from the manifest's folder.
    private func commands(_ commands: [String], to out: inout Markup) {
        guard let scripts = map.scripts, map.environment == nil else { return }
        code("Commands", commands.map { scripts + "/" + $0 }, to: &out)
    }

    /// A term with links; many of them are folded.
    private func links(
        _ term: StaticString, _ items: [Int], _ relation: StaticString, _ noun: StaticString, to out: inout Markup,
        _ target: (Int) -> (anchor: String, title: String)
    ) {
        if items.isEmpty { return }
        out.raw("<div><dt>")
        out.raw(term)
        out.raw("</dt><dd>")
        let isFolded = items.count > Self.mostLinks
        if isFolded {
            out.raw("<details class=\"more\"><summary>")
            out.count(items.count, noun)
            out.raw("</summary>")
        }
        for (place, item) in items.enumerated() {
            if place > 0 { out.raw(", ") }
            let (anchor, title) = target(item)
            out.link(to: anchor, title, relation: relation)
        }
        if isFolded { out.raw("</details>") }
        out.raw("</dd></div>\n")
    }

    // MARK: Containers

    private func writeContainer(_ index: Int, to out: inout Markup) {
        let container = map.containers[index]
        out.raw("<li data-entry=\"container\" id=\"")
        out.text(map.anchor(ofContainer: index))
        out.raw("\">\n<p class=\"name\">")
        out.link(to: map.anchor(ofContainer: index), container.service)
        out.raw("</p>\n<dl>\n<div><dt>Container</dt><dd>")
        if let name = container.name {
            out.raw("<code>")
            out.text(name)
            out.raw("</code>")
        } else {
            out.raw("named by Compose")
        }
        out.raw("</dd></div>\n<div><dt>Image</dt><dd>")
        out.link(to: map.anchor(ofImage: container.image), map.images[container.image].name, relation: "image")
        out.raw("</dd></div>\n")
        if !container.ports.isEmpty {
            out.raw("<div><dt>Ports</dt><dd>")
            for port in container.ports {
                out.raw("<code class=\"port\">")
                out.text(port.hostText)
                out.raw(" → ")
                out.text(port.containerText)
                out.raw("</code> ")
            }
            out.raw("</dd></div>\n")
        }
        if !container.profiles.isEmpty {
            out.raw("<div><dt>Profiles</dt><dd>")
            out.text(container.profiles.joined(separator: ", "))
            out.raw("</dd></div>\n")
        }
        links("After", container.after, "after", "container", to: &out) {
            (map.anchor(ofContainer: $0), map.containers[$0].service)
        }
        out.raw("</dl>\n")
        writeFindings(map.findings.containers[index], to: &out)
        out.raw("</li>\n")
    }
}
