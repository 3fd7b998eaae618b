import Diagnostics
import Planning
import Resolution
import SourceText
import StrategyManifest

/// What the pipeline makes of one text of a document.
package struct Analysis: Sendable {
    package let source: SourceFile
    /// Nil when the text is no YAML.
    package let resolution: Resolution?
    /// Nil when there are errors.
    package let plan: Plan?
    /// In their order.
    package let diagnostics: [Diagnostic]

    package init(source: SourceFile, resolution: Resolution?, plan: Plan?, diagnostics: [Diagnostic]) {
        self.source = source
        self.resolution = resolution
        self.plan = plan
        self.diagnostics = diagnostics
    }

    var manifest: Manifest? { resolution?.manifest }
}
