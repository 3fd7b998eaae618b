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
            try console.tell(diagnostics.sorted(), ReportOptions(), isResult: false)
            return .findings
        }
        var indices: [Int] = []
        for name in images {
            let built = plan.builds.flatMap(\.images)
            guard let index = built.first(where: { plan.imageName($0) == name }) else {
                let names = built.map { plan.imageName($0) }
                let meant = nearest(to: name, among: names).map { "; did you mean `\($0)`?" } ?? ""
                throw SystemFailure("this workspace builds no image `\(visible(name))`\(meant)")
            }
            indices.append(index)
        }
        let report = OrderReport(plan, images: indices)
        switch format {
        case .text: console.output(report.text())
        case .json: console.output(report.json())
        case .mermaid: console.result(MermaidGraph(plan).text)
        }
        return .clean
    }
}
