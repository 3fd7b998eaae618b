import Diagnostics
import SourceText
import YAMLSyntax

extension ManifestDecoder {
    mutating func decodeProjects(_ node: NodeID) {
        manifest.projects.reserveCapacity(Int(manifest.tree[node].count))
        for (key, value) in manifest.tree.entries(node) where !isExtension(key) {
            guard manifest.tree[value].kind == .mapping else {
                manifest.unreadable.insert(manifest.tree[key].symbol)
                continue
            }
            let name = keyName(key)
            manifest.projectIndex[name.symbol] = manifest.projects.count
            manifest.projects.append(decodeProject(name, value))
        }
    }

    private mutating func decodeProject(_ name: Name, _ node: NodeID) -> Project {
        var project = Project(name: name, path: Spanned(manifest.text(name), at: name.span))
        for (key, value) in manifest.tree.entries(node) {
            switch manifest.tree.text(key) {
            case "path": project.path = text(value) ?? project.path
            case "description": project.description = text(value)
            case "container_name": project.containerName = template(value)
            case "profiles":
                if manifest.tree[value].kind == .sequence {
                    project.profiles = Array(manifest.tree.items(value)).map { template($0) }
                }
            case "services": project.services = decodeServices(value)
            case "networks", "volumes", "configs", "secrets": project.sections.append((key, value))
            default: if isExtension(key) { project.sections.append((key, value)) }
            }
        }
        let services = manifest.tree.value("services", in: node)
        project.hasAllServices = services.map { manifest.tree[$0].kind == .mapping } ?? false
        if let key = misspelling(of: "container_name", in: node) { project.containerName = unknownTemplate(key) }
        return project
    }

    private mutating func decodeServices(_ node: NodeID) -> [Service] {
        let imageKey = manifest.tree.symbols.find("image")
        var services: [Service] = []
        services.reserveCapacity(Int(manifest.tree[node].count))
        for (key, body) in manifest.tree.entries(node) {
            if isExtension(key) { continue }
            let name = keyName(key)
            var image = name
            var statesImage = false
            if let imageKey, let value = manifest.tree.value(imageKey, in: body), let stated = self.name(value) {
                image = stated
                statesImage = true
            }
            services.append(
                Service(
                    name: name, body: body, image: image, statesImage: statesImage,
                    isImageKnown: statesImage || isOwnNameMeant(body)))
        }
        return services
    }

    /// Whether a body that states no image means the image of the service's name.
    private func isOwnNameMeant(_ body: NodeID) -> Bool {
        let node = manifest.tree[body]
        guard node.tag != .unreadable else { return false }
        guard node.kind == .mapping else { return manifest.tree.isNull(body) }
        return manifest.tree.value("image", in: body) == nil && misspelling(of: "image", in: body) == nil
    }
}
