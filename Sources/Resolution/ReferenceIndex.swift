import ComposeSpec

/// The images of a manifest by what they are called, as Docker compares references.
///
/// A reference with variables stands in it as it is written and as its defaults make it: `redis:${TAG:-7}` and `redis:7`.
struct ReferenceIndex {
    private var images: [ImageReference: Int] = [:]

    /// Adds an image; what is called so already stays.
    mutating func add(_ image: Int, as reference: ImageReference) {
        for form in reference.comparisons where images[form] == nil { images[form] = image }
    }

    /// The image that a reference means; nil for none of the manifest.
    subscript(_ reference: ImageReference) -> Int? { reference.comparisons.lazy.compactMap { images[$0] }.first }
}
