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
            let stated = environment?.tag?.value ?? image.tag?.value
            let tag = stated ?? manifest.naming.tag.value
            // A variable at the end may hold the tag, and without one Docker takes `latest` by itself.
            let isImplied = stated == nil && tag == "latest" && ImageReference.endsInVariable(path)
            reference = ImageReference(
                registry: environment?.registry?.value, repository: path, tag: isImplied ? nil : tag)
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
