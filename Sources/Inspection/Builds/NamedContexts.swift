import ComposeSpec

/// The `additional_contexts` of a build by the names that BuildKit compares: what takes the place of images and stages.
struct NamedContexts {
    /// The positions in the build's contexts.
    private var places: [ImageReference: Int] = [:]
    /// The names that can be those of stages.
    private(set) var plainNames: Set<String> = []

    init(_ contexts: [ComposeBuild.NamedContext]) {
        for (place, named) in contexts.enumerated() where named.assignment.value != nil {
            // Buildx compares the names as references; what is none, it refuses.
            guard case .success(let reference) = ImageReference.parse(named.name) else { continue }
            places[reference.normalized] = place
            plainNames.insert(named.name)
        }
    }

    /// The position of the context that takes the place of an image.
    func place(of reference: ImageReference) -> Int? { places[reference.normalized] }
}
