import Diagnostics
import Importing
import SourceText
import YAMLSyntax

extension FuzzTarget {
    /// Imports a Compose file; what is told is harmless, and a manifest that comes of it can be read.
    static let compose = FuzzTarget("compose", takesManifests: true) { input throws(BrokenPromise) in
        var limits = Limits()
        limits.expandedNodes = 2000
        let result = Import.single(input, limits: limits)
        let diagnostics = result.diagnostics.sorted()
        try expectHarmless(diagnostics, in: SourceFile(path: "project/compose.yaml", bytes: input))
        guard let manifest = result.manifest else {
            try expect(
                diagnostics.contains { $0.severity == .error }, "nothing is imported, and nothing is said")
            return
        }
        try expect(isInert(manifest, inDiff: true), "the manifest holds a control character")
        let (tree, faults) = Tree.read(SourceFile(path: "strategy.yaml", bytes: manifest))
        try expect(
            tree != nil && faults.isEmpty,
            "the manifest cannot be read: \(faults.map(\.message)) in:\n\(String(decoding: manifest, as: UTF8.self))")
    }
}
