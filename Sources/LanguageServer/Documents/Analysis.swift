import Diagnostics
import Planning
import Resolution
import Rules
import SourceText
import StrategyManifest

/// What the pipeline makes of one text of a document.
package struct Analysis: Sendable {
    package let source: SourceFile
    /// Nil when the text is no YAML.
    package let resolution: Resolution?
    /// Nil when there are errors.
    private let checked: CheckedManifest?
    /// In their order.
    package let diagnostics: [Diagnostic]

    package init(source: SourceFile, resolution: Resolution?, checked: CheckedManifest?, diagnostics: [Diagnostic]) {
        self.source = source
        self.resolution = resolution
        self.checked = checked
        self.diagnostics = diagnostics
    }

    var manifest: Manifest? { resolution?.manifest }
    /// Nil when there are errors; made when it is asked for, because most texts are gone before it is.
    var plan: Plan? { checked.map { Plan($0) } }
}
