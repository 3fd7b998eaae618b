import SourceText
import YAMLSyntax

extension ManifestSection {
    /// `outputs`: a key for each kind of artifact, and how they are written.
    static let outputs = ManifestSection(
        "outputs",
        ArtifactKind.allCases.flatMap { kind in kind == .compose ? [key(of: kind), composeVersion] : [key(of: kind)] })

    private static func key(of kind: ArtifactKind) -> ManifestKey {
        let facts = kind.facts
        return ManifestKey(facts.key, .fileOrOff, facts.meaning, example: facts.example) {
            $0.decodeOutput(kind, $1.value)
        }
    }

    private static let composeVersion = ManifestKey(
        "compose_version", .textOrNumber, "Wrote a `version:` for docker-compose v1, and does nothing any more",
        obsolete: "remove it: docker-compose v1 refuses the files' `name:`, whatever `version:` they have, and Docker "
            + "Compose v2 ignores `version:`",
        example: "'3.8'"
    ) { _, _ in }
}

extension ManifestDecoder {
    /// A name; `false` switches the artifact off and `true` leaves the default.
    fileprivate mutating func decodeOutput(_ kind: ArtifactKind, _ node: NodeID) {
        if let isOn = boolean(node) {
            if !isOn { manifest.outputs.set(kind, nil) }
        } else if let name = text(node) {
            manifest.outputs.set(kind, name)
        }
    }
}
