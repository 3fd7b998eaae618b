import StrategyManifest

extension Environment {
    /// Whether builds are asked here for what development's are not, though they make the same.
    package var asksMoreOfBuilds: Bool { cache != nil || !attestations.isEmpty }
}
