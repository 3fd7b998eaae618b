/// The merge rules of a Compose file (Compose Specification, "Merge", as measured with Docker Compose 2.26.1 and 2.40.3).
///
/// How a key of a service or of a build merges, its line in their tables says.
enum MergeRules {
    static let service = MergeRule.table(ComposeTable.service)

    /// The top-level parts of a Compose file beside its services.
    static let sections = MergeRule.keys([
        "configs": .each(labelled),
        "models": .each(.deep),
        "networks": .each(.keys(["ipam": .keys(["config": .pools]), "labels": .keyValues])),
        "secrets": .each(labelled),
        "volumes": .each(labelled),
    ])

    private static let labelled = MergeRule.keys(["labels": .keyValues])
}
