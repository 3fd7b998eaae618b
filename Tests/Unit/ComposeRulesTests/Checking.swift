import Compiler
import Diagnostics
import Emission
import SourceText

/// What the pipeline makes of a manifest's text.
struct Checked {
    let diagnostics: [Diagnostic]
    /// The Compose files; empty when there are errors.
    let composeFiles: [Artifact]

    init(_ text: String, path: String = "strategy.yaml") {
        let source = SourceFile(path: path, bytes: Array(text.utf8))
        let result = compile(source, PipelineOptions(layout: Layout(folder: [], manifestName: "strategy.yaml")))
        diagnostics = result.diagnostics.sorted()
        composeFiles = result.artifacts?.filter { $0.project != nil } ?? []
    }

    var errors: [Diagnostic] { diagnostics.filter { $0.severity == .error } }
}
