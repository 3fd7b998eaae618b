import Diagnostics

/// Which codes the structural faults of one language have.
package struct StructureCodes: Sendable {
    package let unknownKey: Code
    package let wrongType: Code
    package let missingKey: Code
    /// Whether the values are Compose's: an interpolation may then stand for any scalar, and a key that is unknown here
    /// may be known elsewhere in Compose.
    package let isCompose: Bool

    /// The manifest's own keys.
    package static let manifest = StructureCodes(
        unknownKey: .unknownKey, wrongType: .wrongType, missingKey: .missingKey, isCompose: false)
    /// Compose fragments.
    package static let compose = StructureCodes(
        unknownKey: .unknownComposeKey, wrongType: .wrongComposeType, missingKey: .otherComposeRule, isCompose: true)
}
