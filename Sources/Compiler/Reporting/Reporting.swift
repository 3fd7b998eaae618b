import Diagnostics
import Rules
import Workspace

/// How findings are told.
package struct ReportOptions: Sendable {
    package var format = OutputFormat.text
    /// Reports that are written to files beside, each in its own format.
    package var files: [(format: OutputFormat, path: String)] = []
    /// Whether warnings fail the run.
    package var isStrict = false
    /// Whether the formats for people and for reviews show notes; the others always do.
    package var showsNotes = false
    /// Levels that the command line sets.
    package var levels: [(rule: String, level: RuleLevel)] = []

    package init() {}

    /// Whether what is printed is for people.
    var isForPeople: Bool { Self.isForPeople(format) }

    /// Whether no program reads any of it, which would take each telling for a whole report.
    var isOnlyForPeople: Bool { isForPeople && files.isEmpty }

    /// Whether a format shows notes only if they are asked for: those for people, and those that stand beside changed
    /// lines.
    private static func hidesNotes(_ format: OutputFormat) -> Bool {
        isForPeople(format) || format == .github || format == .gitlab
    }

    private static func isForPeople(_ format: OutputFormat) -> Bool { format == .text || format == .concise }

    /// What a format shows.
    fileprivate func shown(_ diagnostics: [Diagnostic], as format: OutputFormat) -> [Diagnostic] {
        Self.hidesNotes(format) && !showsNotes ? diagnostics.filter { $0.severity > .info } : diagnostics
    }
}

extension Console {
    /// Tells what was found and how many there are of it.
    ///
    /// - Parameters:
    ///   - isResult: whether the findings are what was asked for, and so go to standard output.
    ///   - countsHidden: whether it is said that there are notes which are not shown; nil where findings are the result.
    func report(
        _ diagnostics: [Diagnostic], _ options: ReportOptions, isResult: Bool, countsHidden: Bool? = nil
    ) throws(SystemFailure) {
        var rendering = RenderingOptions(width: width, useColor: isResult ? colorsOutput : colorsError)
        rendering.strict = options.isStrict
        let formats = [options.format] + options.files.map(\.0)
        if formats.contains(.sarif) { rendering.rules = Registry.descriptions(of: diagnostics) }
        try writeReports(diagnostics, options, rendering)
        let shown = options.shown(diagnostics, as: options.format)
        let bytes = render(shown, as: options.format, options: rendering)
        if isResult { output(bytes) } else { error(bytes) }
        let hidden = diagnostics.count - shown.count
        if hidden > 0, countsHidden ?? isResult {
            note("\(hidden) \(hidden == 1 ? "note" : "notes") not shown; `--verbose` shows them")
        }
    }

    /// Tells in every report that the run could not be carried out, so that whoever reads one finds it whole.
    ///
    /// What can be written is: the failure may be that of a report.
    package func report(_ failure: SystemFailure, _ options: ReportOptions) {
        var rendering = RenderingOptions()
        rendering.failure = failure.message
        for file in options.files {
            var one = options
            one.files = [file]
            try? writeReports([], one, rendering)
        }
        if !options.isForPeople { output(render([], as: options.format, options: rendering)) }
    }

    private func writeReports(
        _ diagnostics: [Diagnostic], _ options: ReportOptions, _ rendering: RenderingOptions
    ) throws(SystemFailure) {
        var rendering = rendering
        rendering.useColor = false
        rendering.width = nil
        for (format, path) in options.files {
            let bytes = render(options.shown(diagnostics, as: format), as: format, options: rendering)
            try writeReport(bytes, format.rawValue, to: path, over: format.isBeginning)
        }
    }

    /// The status of a run that found these.
    func status(of diagnostics: [Diagnostic], _ options: ReportOptions) -> ExitStatus {
        let bound: Severity = options.isStrict ? .warning : .error
        return diagnostics.contains { $0.severity >= bound } ? .findings : .clean
    }
}
