import Compiler
import Emission
import Planning
import SourceText
import Testing

/// The plan of a manifest, which must have one.
func planned(_ manifest: String) throws -> Plan {
    let source = SourceFile(path: "strategy.yaml", bytes: Array(manifest.utf8))
    let options = PipelineOptions(layout: Layout(folder: [], manifestName: "strategy.yaml"))
    let (plan, diagnostics) = plan(source, options)
    return try #require(plan, "\(diagnostics.sorted().map(\.message))\n\(manifest)")
}
