import ComposeSpec
import Diagnostics
import StrategyManifest

/// BP003, BP004, BP005: unknown keys, wrong types and missing keys of the manifest's own language.
enum ManifestStructure: Rule {
    static let code = Code.unknownKey
    static let summary =
        "Keys that the manifest language does not have, values of the wrong type, and keys that are missing."
    static let rationale = "A key that is misspelt would otherwise be ignored, and its author would believe it works."

    static func check(_ context: inout RuleContext) {
        let shape = Shape.object(ManifestSection.root.shape(.opaque))
        var structure = StructureCheck()
        structure.check(
            context.tree.root, is: shape, named: "the manifest", isKey: false, codes: .manifest, in: context.tree)
        // A version that is not 1 is told by BP006, in better words.
        let told = Set(
            context.diagnostics.items.filter { $0.code == .unsupportedVersion }.map(\.primary.location.span))
        context.diagnostics.report(
            contentsOf: structure.diagnostics.replacing(
                structure.diagnostics.items.filter { !told.contains($0.primary.location.span) }))
    }
}
