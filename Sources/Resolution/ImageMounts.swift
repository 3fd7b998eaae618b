import ComposeSpec
import SourceText
import StrategyManifest
import YAMLSyntax

/// The mounts of `type: image` whose source is an image of the manifest: references like any other, which follow the
/// registry, tag and digest of the environment.
struct ImageMounts {
    /// The images by their development reference, made when the first mount is met.
    private var index: ReferenceIndex?
    /// What the images are called in development and here.
    private var development: [ImageReference] = []
    private var references: [ImageReference] = []

    /// Begins a variant; development is the first.
    mutating func begin(_ references: [ImageReference]) {
        if development.isEmpty { development = references }
        self.references = references
    }

    /// Writes the references of here into a merged body.
    ///
    /// - Parameter volumes: the body's `volumes`.
    /// - Returns: the images that are mounted.
    mutating func apply(
        to body: inout NodeID, _ volumes: NodeID, _ manifest: inout Manifest, _ keys: ServiceKeys,
        _ mountKeys: ServiceMount.Keys
    ) -> [Int] {
        var mounted = Distinct<Int>()
        var changes: [(position: Int, source: NodeID, reference: String)] = []
        for (position, item) in manifest.tree.items(volumes).enumerated() where manifest.tree[item].kind == .mapping {
            guard let mount = ServiceMount(item, mountKeys, of: manifest.tree), mount.kind == .image,
                let source = mount.source?.node,
                case .success(let stated) = ImageReference.parse(manifest.tree.text(source)),
                let image = image(stated)
            else { continue }
            mounted.add(image)
            if references[image] != development[image] { changes.append((position, source, references[image].text)) }
        }
        guard !changes.isEmpty else { return mounted.values }
        var items = Array(manifest.tree.items(volumes))
        for (position, source, reference) in changes {
            let node = manifest.tree.addString(reference, at: manifest.tree[source].span)
            items[position] = manifest.tree.replacing(keys.source, by: node, in: items[position])
        }
        let (style, span) = (manifest.tree[volumes].style, manifest.tree[volumes].span)
        let list = manifest.tree.addSequence(items, style: style, at: span)
        body = manifest.tree.replacing(keys.volumes, by: list, in: body)
        return mounted.values
    }

    private mutating func image(_ reference: ImageReference) -> Int? {
        var index = self.index ?? ReferenceIndex()
        if self.index == nil {
            for (image, reference) in development.enumerated() { index.add(image, as: reference) }
            self.index = index
        }
        return index[reference]
    }
}
