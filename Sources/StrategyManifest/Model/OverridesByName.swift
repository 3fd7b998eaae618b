import YAMLSyntax

extension Environment {
    /// What it says of images, by their names; the last entry of a name counts.
    package var imagesByName: [Symbol: ImageOverride] {
        Dictionary(images.map { ($0.name.symbol, $0) }, uniquingKeysWith: { _, last in last })
    }

    /// What it says of projects, by their names; the last entry of a name counts.
    package var projectsByName: [Symbol: ProjectOverride] {
        Dictionary(projects.map { ($0.name.symbol, $0) }, uniquingKeysWith: { _, last in last })
    }
}
