import Diagnostics
import Rules

/// How findings are told.
package struct ReportOptions: Sendable {
    package var format = OutputFormat.text
    /// Whether warnings fail the run.
    package var isStrict = false
    /// Whether the formats for people show notes; the others always do.
    package var showsNotes = false
    /// Levels that the command line sets.
    package var levels: [(rule: String, level: RuleLevel)] = []

    package init() {}
}

extension Console {
    /// Tells what was found and how many there are of it.
    ///
    /// - Parameter isResult: whether the findings are what was asked for, and so go to standard output; only then is it
    ///   said that there are notes which are not shown.
    func tell(_ diagnostics: [Diagnostic], _ options: ReportOptions, isResult: Bool) {
        var rendering = RenderingOptions(width: width, useColor: isResult ? colorsOutput : colorsError)
        rendering.strict = options.isStrict
        rendering.rules = Registry.descriptions
        let isForPeople = options.format == .text || options.format == .concise
        let shown = isForPeople && !options.showsNotes ? diagnostics.filter { $0.severity > .info } : diagnostics
        let bytes = render(shown, as: options.format, options: rendering)
        defer {
            let hidden = diagnostics.count - shown.count
            if hidden > 0, isResult {
                note("\(hidden) \(hidden == 1 ? "note" : "notes") not shown; `--verbose` shows them")
            }
        }
        if isResult { output(bytes) } else { error(bytes) }
    }

    /// The status of a run that found these.
    func status(of diagnostics: [Diagnostic], _ options: ReportOptions) -> ExitStatus {
        let bound: Severity = options.isStrict ? .warning : .error
        return diagnostics.contains { $0.severity >= bound } ? .findings : .clean
    }
}
