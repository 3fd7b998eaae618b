import SourceText
import YAMLSyntax

extension ManifestDecoder {
    mutating func decodeEnvironments(_ node: NodeID) {
        for (key, value) in manifest.tree.entries(node) where !isExtension(key) {
            let kind = manifest.tree[value].kind
            guard kind == .mapping || manifest.tree.isNull(value) else { continue }
            manifest.environments.append(decodeEnvironment(keyName(key), value))
        }
    }

    private mutating func decodeEnvironment(_ name: Name, _ node: NodeID) -> Environment {
        var environment = Environment(name: name)
        for (key, value) in manifest.tree.entries(node) {
            switch manifest.tree.text(key) {
            case "registry": environment.registry = text(value)
            case "tag": environment.tag = text(value)
            case "build": environment.build = boolean(value)
            case "defaults": environment.defaultService = fragment("service", in: value)
            case "images":
                for (image, override) in manifest.tree.entries(value) where !isExtension(image) {
                    environment.images.append(decodeImageOverride(keyName(image), override))
                }
            case "projects":
                for (project, override) in manifest.tree.entries(value) where !isExtension(project) {
                    environment.projects.append(decodeProjectOverride(keyName(project), override))
                }
            default: break
            }
        }
        return environment
    }

    private func decodeImageOverride(_ name: Name, _ node: NodeID) -> Environment.ImageOverride {
        var override = Environment.ImageOverride(name: name)
        for (key, value) in manifest.tree.entries(node) {
            switch manifest.tree.text(key) {
            case "tag": override.tag = text(value)
            case "registry": override.registry = text(value)
            case "digest": override.digest = text(value)
            default: break
            }
        }
        return override
    }

    private mutating func decodeProjectOverride(_ name: Name, _ node: NodeID) -> Environment.ProjectOverride {
        var override = Environment.ProjectOverride(name: name)
        for (key, value) in manifest.tree.entries(node) {
            switch manifest.tree.text(key) {
            case "container_name": override.containerName = template(value)
            case "services":
                for (service, body) in manifest.tree.entries(value) where !isExtension(service) {
                    override.services.append((keyName(service), body))
                }
            default: break
            }
        }
        if let key = misspelling(of: "container_name", in: node) { override.containerName = unknownTemplate(key) }
        return override
    }
}
