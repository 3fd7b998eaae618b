import ComposeSpec
import Diagnostics
import SourceText
import YAMLSyntax

extension ManifestSection {
    /// `requires`.
    static let requires = ManifestSection(
        "requires",
        [
            ManifestKey(
                "compose", .version, "The oldest Docker Compose that runs what is emitted", example: "'2.24'"
            ) { $0.manifest.requires.compose = $0.version($1.value) },
            ManifestKey(
                "bayplan", .version, "The oldest Bayplan that may compile the manifest; an older one says so and stops",
                example: "'0.1'"
            ) { $0.manifest.requires.bayplan = $0.version($1.value) },
        ])
}

extension Shape {
    /// A version such as `2.24`; as a number too, whose text counts and not its value, so that 2.20 is not 2.2.
    static let version = Shape.anyOf([.string(versionGrammar), .number])

    private static let versionGrammar = Grammar("a version such as 2.24", pattern: #"^[0-9]{1,9}(\.[0-9]{1,9}){0,2}$"#)
    {
        Version(String(decoding: $0, as: UTF8.self)) != nil
    }
}

extension ManifestDecoder {
    /// A version, with BP004 for a number that is none, such as -1 or 2e3; a text that is none is told by the structural
    /// check.
    fileprivate mutating func version(_ node: NodeID) -> Spanned<Version>? {
        guard let text = text(node) else { return nil }
        if let version = Version(text.value) { return Spanned(version, at: text.span) }
        if [.integer, .float].contains(manifest.tree.scalarType(node)) {
            report(
                .wrongType, "`\(text.value)` is no version", node, "this is a number of another kind",
                help: ["write a version such as `\"2.24\"`"])
        }
        return nil
    }
}
