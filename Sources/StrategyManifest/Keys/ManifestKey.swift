import ComposeSpec
import YAMLSyntax

/// A key of the manifest's own language: its name, what may stand there, what it means and how it is decoded.
///
/// The decoder, the structural check, the JSON Schema, the language server and the reference page all read these
/// declarations, so that a key is written down once and cannot be known to one of them only.
package struct ManifestKey: Sendable {
    /// Takes the value of the key into the manifest: into the entry that the decoder is at, if the key stands in one.
    typealias Decoding = @Sendable (inout ManifestDecoder, Entries.Element) -> Void

    package let name: String
    package let value: ManifestValue
    package let isRequired: Bool
    /// What the key does, in one sentence without a full stop.
    package let meaning: String
    /// What to do instead of stating a key that does nothing any more; nil for a current key.
    package let obsolete: String?
    /// A value as YAML in one line: `[linux/amd64, linux/arm64]`.
    package let example: String
    let decode: Decoding

    init(
        _ name: String, _ value: ManifestValue, required isRequired: Bool = false, _ meaning: String,
        obsolete: String? = nil, example: String, decode: @escaping Decoding
    ) {
        self.name = name
        self.value = value
        self.isRequired = isRequired
        self.meaning = meaning
        self.obsolete = obsolete
        self.example = example
        self.decode = decode
    }

    func shape(_ fragments: ComposeFragments) -> KeyShape {
        KeyShape(name, value.shape(fragments), required: isRequired, meaning, obsolete: obsolete, example: example)
    }
}

/// A mapping of the manifest's own language, by its keys: `image`, `environment`.
package struct ManifestSection: Sendable {
    /// What people call the mapping.
    package let name: String
    package let keys: [ManifestKey]
    /// Takes in a key that begins with `x-`; nil where such keys are only places for anchors.
    let decodeExtension: ManifestKey.Decoding?

    init(_ name: String, _ keys: [ManifestKey], extensions decodeExtension: ManifestKey.Decoding? = nil) {
        self.name = name
        self.keys = keys
        self.decodeExtension = decodeExtension
    }

    package func shape(_ fragments: ComposeFragments) -> ObjectShape {
        ObjectShape(name, variables: false, keys.map { $0.shape(fragments) })
    }
}

extension ManifestDecoder {
    /// Decodes each entry of a mapping that the section knows, in the order of the entries; what it does not know is told
    /// by the structural check.
    mutating func decode(_ section: ManifestSection, _ node: NodeID) {
        for entry in manifest.tree.entries(node) {
            let name = manifest.tree.text(entry.key)
            if let index = section.keys.firstIndex(where: { $0.name == name }) {
                section.keys[index].decode(&self, entry)
            } else if let decodeExtension = section.decodeExtension, isExtension(entry.key) {
                decodeExtension(&self, entry)
            }
        }
    }
}
