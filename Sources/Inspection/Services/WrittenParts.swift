import StrategyManifest
import YAMLSyntax

extension Manifest {
    /// A part of the manifest in Compose's own syntax where it is written.
    package struct WrittenPart {
        /// What it stands under: `build`, `networks`.
        package let key: String
        package let value: NodeID
        /// Whether an environment says it, and something else may lie under it.
        package let isOverride: Bool
    }

    /// Every `build`, of images and of environments.
    package var writtenBuilds: [WrittenPart] {
        images.compactMap { $0.build.map { WrittenPart(key: "build", value: $0.node, isOverride: false) } }
            + environments.flatMap(\.images).compactMap { image in
                image.build.map { WrittenPart(key: "build", value: $0, isOverride: true) }
            }
    }

    /// Every network, volume and other part beside services, of projects and of environments, by what it stands under.
    package var writtenSections: [WrittenPart] {
        projects.flatMap(\.sections).map { WrittenPart(key: tree.text($0.key), value: $0.value, isOverride: false) }
            + environments.flatMap(\.projects).flatMap(\.sections).map {
                WrittenPart(key: tree.text($0.key), value: $0.value, isOverride: true)
            }
    }
}
