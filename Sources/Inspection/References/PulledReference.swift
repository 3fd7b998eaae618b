import ComposeSpec
import Resolution
import SourceText
import StrategyManifest

/// What a pulled image is called, in development or where an environment changes it.
package struct PulledReference {
    /// As it is written.
    package let written: ImageReference
    /// While no variable is set.
    package let settled: ImageReference
    /// The place that decides it.
    package let span: Span
    /// The image's index.
    package let image: Int
}

extension PulledReference {
    /// What the pulled images are called, in the order of the images, then as environments change them; without those that
    /// cannot be told.
    package static func all(in resolution: Resolution) -> [PulledReference] {
        let manifest = resolution.manifest
        var found: [PulledReference] = []
        for (index, image) in manifest.images.enumerated() {
            guard let pull = image.pull, case .success(let written) = ImageReference.parse(pull.value),
                let settled = written.settled
            else { continue }
            found.append(PulledReference(written: written, settled: settled, span: pull.span, image: index))
        }
        for variant in resolution.variants {
            guard let environment = variant.environment.map({ manifest.environments[$0] }) else { continue }
            for override in environment.images {
                guard let place = override.digest ?? override.tag ?? override.registry,
                    let index = manifest.imageIndex[override.name.symbol], manifest.images[index].pull != nil,
                    let settled = variant.references[index].settled
                else { continue }
                let written = variant.references[index]
                found.append(PulledReference(written: written, settled: settled, span: place.span, image: index))
            }
        }
        return found
    }
}
