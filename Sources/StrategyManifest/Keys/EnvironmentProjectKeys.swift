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
                "profiles", .templates, "Other profiles of each service that states none here, as templates",
                example: "['{service}']"
            ) { $0.environmentProject.profiles = $0.templates($1.value) ?? $0.environmentProject.profiles },
            ManifestKey(
                "services", .services(isOverride: true),
                "Overrides merged last, and services that only this environment has; `!reset` removes a service, and "
                    + "null one of the project",
                example: "{api: {restart: always}}"
            ) {
                for (service, body) in $0.manifest.tree.entries($1.value) where !$0.isExtension(service) {
                    let name = $0.keyName(service)
                    $0.environmentProject.services.append((name, body))
                }
            },
            section("networks", .shape(\.networksOver), "{backend: {internal: true}}"),
            section("volumes", .shape(\.volumesOver), "{data: {external: true}}"),
            section("configs", .shape(\.configsOver), "{proxy: {file: ./production.conf}}"),
            section("secrets", .shape(\.secretsOver), "{token: {environment: TOKEN}}"),
            section("models", .shape(\.modelsOver), "{llm: {model: ai/smollm2}}"),
        ])

    /// A key whose value lies over a top-level part of a Compose file.
    private static func section(_ name: String, _ value: ManifestValue, _ example: String) -> ManifestKey {
        ManifestKey(name, value, "Merged over the project's \(name) here, by Compose's rules", example: example) {
            $0.environmentProject.sections.append($1)
        }
    }
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
