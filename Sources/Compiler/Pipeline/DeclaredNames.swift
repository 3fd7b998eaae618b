import SourceText
import StrategyManifest
import Workspace
import YAMLSyntax

/// The names that a manifest declares, for whoever completes or corrects a command line.
///
/// A half-written manifest has names too, so nothing is checked; one that cannot be read has none.
package struct DeclaredNames {
    /// The built images: what `order` and `fingerprint` take.
    package private(set) var builtImages: [String] = []
    package private(set) var projects: [String] = []
    package private(set) var environments: [String] = []

    package init(_ options: SessionOptions) {
        if let session = try? Session(options) { read(session.source, options.limits) }
    }

    init(_ source: SourceFile, _ limits: Limits) { read(source, limits) }

    private mutating func read(_ source: SourceFile, _ limits: Limits) {
        guard let tree = Tree.read(source, limits: limits).0 else { return }
        let manifest = ManifestDecoder.decode(tree).0
        func words(_ names: [Name]) -> [String] { names.map { manifest.text($0) }.filter(Self.isPlain) }
        builtImages = words(manifest.images.filter { $0.isBuilt }.map(\.name))
        projects = words(manifest.projects.map(\.name))
        environments = words(manifest.environments.map(\.name))
    }

    /// Whether a name is one that any of these may have: a shell shows what it is given as it is.
    private static func isPlain(_ name: String) -> Bool {
        !name.isEmpty && !name.hasPrefix("-")
            && name.utf8.allSatisfy { byte in
                (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x5A) || (byte >= 0x61 && byte <= 0x7A)
                    || "._-".utf8.contains(byte)
            }
    }
}
