import Resolution
import StrategyManifest

extension Plan {
    /// What the environment says of attestations whose builds these are.
    package var attestations: Environment.Attestations? { environment?.attestations }

    /// Where the layers of a build are kept, in the environment whose builds these are; nil where that has no cache.
    package func cacheReference(of build: Build) -> String? {
        guard let cache = environment?.cache else { return nil }
        return Environment.cacheReference(of: imageName(build.images[0]), in: cache.value)
    }

    /// The same as seen from a variant, if that has a cache.
    package func cached(in variant: PlannedVariant) -> Plan? {
        let environment = resolution.variants[variant.index].environment.map { manifest.environments[$0] }
        return environment?.cache == nil ? nil : seen(from: variant.index)
    }

    private var environment: Environment? {
        resolution.variants[resolution.home].environment.map { manifest.environments[$0] }
    }
}
