import ComposeSpec
import StrategyManifest

/// Finds what the key table says of a place in a manifest.
struct ShapeSearch {
    /// The manifest with Compose's keys written out.
    static let manifest = Shape.object(ManifestSection.root.shape(.typed))

    /// What may stand at the end of a path; several shapes where the table allows several.
    static func shapes(at path: some Sequence<YAMLLine.Step>) -> [Shape] {
        var shapes = flattened([manifest])
        for step in path {
            var next: [Shape] = []
            for shape in shapes {
                switch (shape, step) {
                case (.object(let object), .key(let name)):
                    if let key = object.keys.first(where: { $0.name == name }) { next.append(key.shape) }
                case (.mapping(let value, _), .key), (.declarations(let value), .key): next.append(value)
                case (.sequence(let item, _), .item): next.append(item)
                default: break
                }
            }
            shapes = flattened(next)
        }
        return shapes
    }

    /// What the table says of a key; nil for a name of the author's.
    static func key(_ name: String, at path: some Sequence<YAMLLine.Step>) -> KeyShape? {
        for case .object(let object) in shapes(at: path) {
            if let key = object.keys.first(where: { $0.name == name }) { return key }
        }
        return nil
    }

    private static func flattened(_ shapes: [Shape]) -> [Shape] {
        shapes.flatMap { shape -> [Shape] in
            if case .anyOf(let parts) = shape { return flattened(parts) }
            return [shape]
        }
    }
}
