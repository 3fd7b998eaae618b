import ComposeSpec
import Resolution
import StrategyManifest

/// What the images of a manifest are called, to be held against what a Dockerfile names.
///
/// By their text in normal form: keys of a type of its own would cost a small run a fifth of its time.
struct KnownReferences {
    private(set) var built: [String: Int] = [:]
    private var repositories: [String: Int] = [:]
    private(set) var pulled: Set<String> = []

    init(_ resolution: Resolution) {
        // A Dockerfile names what development builds, or with other arguments what the environment does.
        for variant in Resolution.developmentAnd(resolution.home) {
            let references = resolution.variants[variant].references
            for (index, image) in resolution.manifest.images.enumerated() {
                for reference in references[index].comparisons {
                    let text = reference.text
                    if !image.isBuilt {
                        pulled.insert(text)
                    } else {
                        let repository = reference.repository
                        if built[text] == nil { built[text] = index }
                        if repositories[repository] == nil { repositories[repository] = index }
                    }
                }
            }
        }
    }

    /// What a name without variables means.
    func meaning(of reference: ImageReference) -> BaseUse.Meaning {
        let reference = reference.normalized
        if reference.digest != nil { return .foreign }
        if let image = built[reference.text] { return .built(image) }
        guard !pulled.contains(reference.text), let image = repositories[reference.repository] else { return .foreign }
        return .otherTag(image)
    }

    /// The built image whose repository a name with variables has, whatever its tag is: `base:${TAG}` is one of `base`.
    func likelyBase(_ name: String) -> Int? {
        guard case .success(let reference) = ImageReference.parse(name), reference.digest == nil else { return nil }
        return reference.comparisons.lazy.compactMap { repositories[$0.normalized.repository] }.first
    }
}
