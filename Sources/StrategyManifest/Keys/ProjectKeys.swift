import Diagnostics
import SourceText
import YAMLSyntax

extension ManifestSection {
    /// An entry of `projects`.
    static let project = ManifestSection(
        "project",
        [
            ManifestKey(
                "path", .text, "The project's folder, relative to the manifest's; by default the project's name",
                example: "services/shop"
            ) { if let path = $0.text($1.value) { $0.project.path = path } },
            ManifestKey("description", .text, "The project's purpose, for documents", example: "Where customers buy") {
                $0.project.description = $0.text($1.value)
            },
            ManifestKey(
                "container_name", .template,
                "The template of container names in this project; by default `naming.container`",
                example: "'{service}'"
            ) { $0.project.containerName = $0.template($1.value) },
            ManifestKey(
                "profiles", .templates, "Profiles of each service that states none, as templates",
                example: "['{owner}']"
            ) { $0.project.profiles = $0.templates($1.value) ?? $0.project.profiles },
            ManifestKey(
                "services", .services(), required: true, "The containers that the project runs, by service name",
                example: "{api: {ports: ['127.0.0.1:8000:8000']}, redis: {}}"
            ) { $0.decodeServices($1.value) },
            ManifestKey(
                "after", .startTargets,
                "What must run before this project starts: projects, or services of theirs as `project/service`",
                example: "[trading/postgres, backplane]"
            ) {
                for item in $0.manifest.tree.items($1.value) {
                    if let target = $0.startTarget(item) { $0.project.after.append(target) }
                }
            },
            section("networks", .shape(\.networks), "Compose networks, copied through", "{backend: {internal: true}}"),
            section("volumes", .shape(\.volumes), "Compose volumes, copied through", "{data: {}}"),
            section(
                "configs", .shape(\.configs), "Compose configs, copied through", "{proxy: {file: ./proxy.conf}}"),
            section(
                "secrets", .shape(\.secrets), "Compose secrets, copied through", "{token: {environment: TOKEN}}"),
            section(
                "models", .shape(\.models), "Compose models, copied through", "{llm: {model: ai/smollm2}}"),
        ],
        extensions: { $0.project.sections.append($1) })

    /// A key whose value is a top-level part of a Compose file.
    private static func section(
        _ name: String, _ value: ManifestValue, _ meaning: String, _ example: String
    ) -> ManifestKey {
        ManifestKey(name, value, meaning, example: example) { $0.project.sections.append($1) }
    }
}

extension ManifestDecoder {
    /// The project that is being decoded: the last.
    fileprivate var project: Project {
        _read { yield manifest.projects[manifest.projects.count - 1] }
        _modify { yield &manifest.projects[manifest.projects.count - 1] }
    }

    /// A project's name, or that of a service behind a slash.
    fileprivate mutating func startTarget(_ node: NodeID) -> StartTarget? {
        guard let text = text(node)?.value else { return nil }
        func name(_ range: Range<Int>) -> Name {
            let part = String(decoding: Array(text.utf8)[range], as: UTF8.self)
            return Name(manifest.tree.symbols.intern(part), at: manifest.tree.span(of: range, in: node))
        }
        let count = text.utf8.count
        guard let slash = Array(text.utf8).firstIndex(of: UInt8(ascii: "/")) else {
            return StartTarget(project: name(0..<count), service: nil)
        }
        return StartTarget(project: name(0..<slash), service: name(slash + 1..<count))
    }

    mutating func decodeProjects(_ node: NodeID) {
        manifest.hasAllProjects = manifest.tree[node].kind == .mapping
        manifest.projects.reserveCapacity(Int(manifest.tree[node].count))
        for (key, value) in manifest.tree.entries(node) where !isExtension(key) {
            guard manifest.tree[value].kind == .mapping else {
                manifest.unreadable.insert(manifest.tree[key].symbol)
                continue
            }
            let name = keyName(key)
            manifest.projectIndex[name.symbol] = manifest.projects.count
            manifest.projects.append(Project(name: name, path: Spanned(manifest.text(name), at: name.span)))
            decode(.project, value)
            if let key = misspelling(of: "container_name", in: value) { project.containerName = unknownTemplate(key) }
        }
    }

    fileprivate mutating func decodeServices(_ node: NodeID) {
        project.hasAllServices = manifest.tree[node].kind == .mapping
        project.services.reserveCapacity(Int(manifest.tree[node].count))
        let imageKey = manifest.tree.symbols.find("image")
        for (key, body) in manifest.tree.entries(node) {
            if isExtension(key) { continue }
            let name = keyName(key)
            var image = name
            var statesImage = false
            if let imageKey, let value = manifest.tree.value(imageKey, in: body), let stated = self.name(value) {
                image = stated
                statesImage = true
            }
            project.services.append(
                Service(
                    name: name, body: body, image: image, statesImage: statesImage,
                    isImageKnown: statesImage || isOwnNameMeant(body)))
        }
    }

    /// Whether a body that states no image means the image of the service's name.
    private func isOwnNameMeant(_ body: NodeID) -> Bool {
        let node = manifest.tree[body]
        guard node.tag != .unreadable else { return false }
        guard node.kind == .mapping else { return manifest.tree.isNull(body) }
        return manifest.tree.value("image", in: body) == nil && misspelling(of: "image", in: body) == nil
    }
}
