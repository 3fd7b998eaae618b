import Diagnostics
import Rules

/// How findings are told.
package struct ReportOptions: Sendable {
    package var format = OutputFormat.text
    /// Whether warnings fail the run.
    package var isStrict = false

    package init() {}
}

extension Console {
    /// Tells what was found and how many there are of it.
    ///
    /// - Parameter isResult: whether the findings are what was asked for, and so go to standard output.
    func tell(_ diagnostics: [Diagnostic], _ options: ReportOptions, isResult: Bool) {
        var rendering = RenderingOptions(width: width, useColor: isResult ? colorsOutput : colorsError)
        rendering.strict = options.isStrict
        rendering.rules = Registry.descriptions
        let bytes = render(diagnostics, as: options.format, options: rendering)
        if isResult { output(bytes) } else { error(bytes) }
    }

    /// The status of a run that found these.
    func status(of diagnostics: [Diagnostic], _ options: ReportOptions) -> ExitStatus {
        let bound: Severity = options.isStrict ? .warning : .error
        return diagnostics.contains { $0.severity >= bound } ? .findings : .clean
    }
}
