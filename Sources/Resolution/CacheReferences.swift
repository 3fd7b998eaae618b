import ComposeSpec
import StrategyManifest

extension Environment {
    /// The reference of an image's layers: `ghcr.io/owner/cache:main` gives `ghcr.io/owner/cache/api:main`.
    ///
    /// Each image has one of its own, since what one build writes takes the place of what another one wrote.
    package static func cacheReference(of image: String, in cache: String) -> String {
        guard case .success(var reference) = ImageReference.parse(cache) else { return cache }
        reference.path += "/" + image
        return reference.text
    }

    /// Whether builds are asked here for what development's are not, though they make the same.
    package var asksMoreOfBuilds: Bool { cache != nil || !attestations.isEmpty }
}
