import ComposeSpec

/// Where an environment keeps the layers of builds: a repository below which each image has one of its own.
///
/// One for each, since what one build writes takes the place of what another one wrote.
package struct CacheRepository: Sendable {
    private let text: String
    /// The text, read once; nil where it is no reference.
    private let reference: ImageReference?

    package init(_ text: String) {
        self.text = text
        reference = try? ImageReference.parse(text).get()
    }

    /// The reference of an image's layers: `ghcr.io/owner/cache:main` gives `ghcr.io/owner/cache/api:main`.
    package func reference(of image: String) -> String {
        guard var reference else { return text }
        reference.path += "/" + image
        return reference.text
    }
}
