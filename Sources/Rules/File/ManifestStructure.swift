import ComposeSpec
import Diagnostics
import StrategyManifest

/// BP003, BP004, BP005: unknown keys, wrong types and missing keys of the manifest's own language.
enum ManifestStructure: Rule {
    static let code = Code.unknownKey
    static let finds = "Keys that the manifest language does not have, values of the wrong type, and keys that are missing."
    static let matters = "A key that is misspelt would otherwise be ignored, and its author would believe it works."

    static func check(_ context: inout RuleContext) {
    }
}
