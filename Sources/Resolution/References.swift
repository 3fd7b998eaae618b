import ComposeSpec
import StrategyManifest

extension Resolution {
    /// What `image:` says of an image in development or in an environment.
    ///
    /// - Parameter override: what the environment says of this image.
    func reference(
        of image: Image, in environment: Environment?, override: Environment.ImageOverride?
    ) -> ImageReference {
        var reference: ImageReference
        if let pull = image.pull {
            switch ImageReference.parse(pull.value) {
            case .success(let parsed): reference = parsed
            case .failure: reference = ImageReference(path: pull.value)
            }
        } else {
            let path = image.repository?.value ?? manifest.text(image.name)
            let registry = environment?.registry?.value
            let tag = image.tag?.value ?? manifest.naming.tag.value
            reference = ImageReference(domain: registry, path: path, tag: environment?.tag?.value ?? tag)
        }
        if let override {
            if let registry = override.registry { reference.domain = registry.value }
            if let tag = override.tag {
                reference.tag = tag.value
                reference.digest = nil
            }
            if let digest = override.digest { reference.digest = digest.value }
        }
        return reference
    }
}
