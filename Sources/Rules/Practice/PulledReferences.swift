import ComposeSpec
import SourceText
import StrategyManifest

/// What a pulled image is called, in development or where an environment changes it.
struct PulledReference {
    /// As it is written.
    let written: ImageReference
    /// While no variable is set.
    let settled: ImageReference
    /// The place that decides it.
    let span: Span
    /// The image's index.
    let image: Int
}

extension RuleContext {
    /// What the pulled images are called, in the order of the images, then as environments change them; without those that
    /// cannot be told. Several rules ask, and the references are taken apart once.
    mutating func pulledReferences() -> [PulledReference] {
        if let pulled { return pulled }
        let found = takenApart
        pulled = found
        return found
    }

    private var takenApart: [PulledReference] {
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
