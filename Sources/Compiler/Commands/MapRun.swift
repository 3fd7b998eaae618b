import Diagnostics
import Emission
import Planning
import Workspace

/// `bayplan map`: a page or a picture of the workspace.
package struct MapRun {
    package enum Format: String, CaseIterable, Sendable { case html, svg }

    package var session: SessionOptions
    package var format = Format.html
    /// Nil for development.
    package var environment: String?
    /// Nil for standard output.
    package var output: String?
    /// Overwrite a file that is not a map.
    package var isForced = false
    /// Whether notes are shown beside warnings and errors.
    package var showsNotes = false

    package init(session: SessionOptions) { self.session = session }

    package func run(_ console: Console) throws(SystemFailure) -> ExitStatus {
        console.progress?(.began)
        console.progress?(.doing("checking the manifest"))
        let opened = try Session(session)
        guard let (plan, found) = try opened.planWithFindings(session, reportingTo: console) else { return .findings }
        console.progress?(.doing("drawing the map"))
        let findings = showsNotes ? found : found.filter { $0.severity > .info }
        guard let page = MapPage(plan, layout: opened.layout, environment: environment, findings: findings) else {
            throw noEnvironment(environment ?? "", among: plan.variants.compactMap(\.environment))
        }
        let bytes =
            switch format {
            case .html: page.html { policyDigest(of: $0) }
            case .svg: page.svg()
            }
        guard let output else {
            console.output(bytes)
            return .clean
        }
        var file = OutputFile(path: output)
        file.isForced = isForced
        switch try file.write(bytes) {
        case .unchanged: console.note("\(visible(output)) is up to date")
        case .written: console.note("wrote \(visible(output))")
        case .refused(let reason):
            console.fail(reason)
            return .findings
        }
        return .clean
    }
}
