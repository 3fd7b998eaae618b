import Resolution
import StrategyManifest

extension Plan {
    /// What the environment says of attestations whose builds these are.
    package var attestations: Environment.Attestations? { resolution.environment(of: resolution.home)?.attestations }

    /// Whether what is released in a variant is attested.
    package func isAttested(in variant: PlannedVariant) -> Bool {
        resolution.environment(of: variant.index).map { !$0.attestations.isEmpty } ?? false
    }

    /// Whether a variant keeps the layers of its builds somewhere.
    package func hasCache(in variant: PlannedVariant) -> Bool {
        resolution.environment(of: variant.index)?.cache != nil
    }

    /// Where the layers of a build are kept, in the environment whose builds these are; nil where that has no cache.
    package func cacheReference(of build: Build) -> String? {
        cache?.reference(of: imageName(build.images[0]))
    }

    /// The same as seen from a variant, if that has a cache.
    package func cached(in variant: PlannedVariant) -> Plan? {
        hasCache(in: variant) ? seen(from: variant.index) : nil
    }
}
