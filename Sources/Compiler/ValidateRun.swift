import Diagnostics
import Workspace

/// `bayplan validate`: findings only; nothing is written.
package struct ValidateRun {
    package var sessions: [SessionOptions]
    package var report = ReportOptions()

    package init(sessions: [SessionOptions]) { self.sessions = sessions }

    package func run(_ console: Console) throws(SystemFailure) -> ExitStatus {
        var found: [Diagnostic] = []
        for options in sessions {
            let session = try Session(options)
            var pipeline = PipelineOptions(layout: session.layout)
            pipeline.limits = options.limits
            pipeline.check.levels = report.levels
            found += plan(session.source, pipeline, looking: session.look(options)).diagnostics.sorted()
        }
        console.tell(found, report, isResult: true)
        return console.status(of: found, report)
    }
}
