import Compiler
import Diagnostics
import Emission
import SourceText
import YAMLSyntax

extension FuzzTarget {
    /// Compiles a manifest; what is emitted stays below the root, is inert text, and can be read again.
    static let manifest = FuzzTarget("manifest", takesManifests: true) { input throws(BrokenPromise) in
        let source = SourceFile(path: "strategy.yaml", bytes: input)
        var options = PipelineOptions(layout: Layout(folder: ["work"], manifestName: "strategy.yaml"))
        options.limits.expandedNodes = 2000
        let compiled = compile(source, options)
        let diagnostics = compiled.diagnostics.sorted()
        try expectHarmless(diagnostics, in: source)
        guard let artifacts = compiled.artifacts else {
            try expect(!diagnostics.isEmpty, "nothing is emitted, and nothing is said")
            return
        }
        var paths: Set<String> = []
        for artifact in artifacts {
            try expect(paths.insert(artifact.name).inserted, "\(artifact.name) is emitted twice")
            for component in artifact.path {
                let isPlain = !component.isEmpty && component != "." && component != ".." && !component.contains("/")
                try expect(isPlain && isInert(Array(component.utf8)), "\(artifact.name) is no safe path")
            }
            try expect(isInert(artifact.bytes, inDiff: true), "\(artifact.name) holds a control character")
            if artifact.name.hasSuffix(".json") { try expect(isJSON(artifact.bytes), "\(artifact.name) is no JSON") }
            if artifact.project != nil {
                let (tree, faults) = Tree.read(SourceFile(path: artifact.name, bytes: artifact.bytes))
                let text = String(decoding: artifact.bytes, as: UTF8.self)
                try expect(
                    tree != nil && faults.isEmpty,
                    "\(artifact.name) cannot be read: \(faults.map(\.message)) in:\n\(text)")
            }
        }
    }
}
