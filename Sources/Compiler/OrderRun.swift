import Diagnostics
import Emission
import Planning
import Workspace

/// `bayplan order`: the build order and its stages.
package struct OrderRun {
    package enum Format: String, CaseIterable, Sendable { case text, json, mermaid }

    package var session: SessionOptions
    /// The images asked for; empty for all.
    package var images: [String] = []
    package var format = Format.text

    package init(session: SessionOptions) { self.session = session }

    package func run(_ console: Console) throws(SystemFailure) -> ExitStatus {
        let opened = try Session(session)
        var pipeline = PipelineOptions(layout: opened.layout)
        pipeline.limits = session.limits
        let (plan, diagnostics) = plan(opened.source, pipeline)
        guard let plan else {
            console.tell(diagnostics.sorted(), ReportOptions(), isResult: false)
            return .findings
        }
        let indices = images.isEmpty ? [] : try plan.builtImages(named: images)
        let report = OrderReport(plan, images: indices)
        switch format {
        case .text: console.output(report.text())
        case .json: console.output(report.json())
        case .mermaid: console.result(MermaidGraph(plan).text)
        }
        return .clean
    }
}
