/// The manifest of a seed, of one of four kinds.
package struct GeneratedManifest {
    package enum Kind: String, CaseIterable {
        /// Values at the edges of the grammars.
        case worded
        /// Keys of Compose's whole table, with values of their shapes.
        case tabled
        /// Projects beside each other, with environments, variables and the like.
        case composed
        /// A kept manifest, changed.
        case mutated
    }

    package let kind: Kind
    package let text: String

    /// - Parameter kept: the manifests to change; none are changed when there are none.
    package init(seed: UInt64, kept: [String]) {
        switch seed % 4 {
        case 0 where !kept.isEmpty:
            kind = .mutated
            text = MutatedManifest(seed: seed, kept: kept).text
        case 1:
            kind = .tabled
            text = TabledProject(seed: seed).text
        case 2:
            kind = .composed
            text = ComposedWorkspace(seed: seed).text
        default:
            kind = .worded
            text = GeneratedProject(seed: seed).text
        }
    }
}
