import YAMLSyntax

extension ManifestSection {
    /// An entry of an environment's `projects`.
    static let environmentProject = ManifestSection(
        "environment project",
        [
            ManifestKey(
                "container_name", .template, "Another template of container names here", example: "'prod-{service}'"
            ) { $0.environmentProject.containerName = $0.template($1.value) },
            ManifestKey(
                "services", .services(isOverride: true), "Overrides merged last; null removes the service here",
                example: "{api: {restart: always}}"
            ) {
                for (service, body) in $0.manifest.tree.entries($1.value) where !$0.isExtension(service) {
                    let name = $0.keyName(service)
                    $0.environmentProject.services.append((name, body))
                }
            },
        ])
}

extension ManifestDecoder {
    /// The entry that is being decoded: the last.
    fileprivate var environmentProject: Environment.ProjectOverride {
        _read { yield environment.projects[environment.projects.count - 1] }
        _modify {
            let last = environment.projects.count - 1
            yield &environment.projects[last]
        }
    }

    mutating func decodeEnvironmentProjects(_ node: NodeID) {
        for (key, value) in manifest.tree.entries(node) where !isExtension(key) {
            environment.projects.append(Environment.ProjectOverride(name: keyName(key)))
            decode(.environmentProject, value)
            if let key = misspelling(of: "container_name", in: value) {
                environmentProject.containerName = unknownTemplate(key)
            }
        }
    }
}
