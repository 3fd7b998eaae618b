import Diagnostics
import Emission
import Planning
import Resolution
import Rules
import SourceText
import StrategyManifest
import YAMLSyntax

/// What the pipeline must be told beyond the manifest's bytes.
package struct PipelineOptions: Sendable {
    package var limits = Limits()
    package var check = CheckOptions()
    package var layout: Layout
    package var emission = EmissionOptions()

    package init(layout: Layout) {
        self.layout = layout
        check.folderInRoot = layout.folder
    }
}

/// bytes → YAML tree with spans → typed manifest → resolution → checked manifest → plan.
///
/// Pure: what comes out depends on the arguments alone.
///
/// - Parameter look: answers what the builds ask of the project folders; nil when nobody is to look.
/// - Returns: the plan, or nil when there are errors, and everything found.
package func plan(
    _ source: SourceFile, _ options: PipelineOptions, looking look: ((Resolution) -> BuildSources)? = nil
) -> (plan: Plan?, diagnostics: DiagnosticList) {
    let (tree, faults) = Tree.read(source, limits: options.limits)
    var diagnostics = DiagnosticList()
    diagnostics.report(contentsOf: faults)
    guard let tree else { return (nil, diagnostics.orEmptyFile(source)) }
    if let excess = tree.excessOfDeclarations(over: options.limits.declarations) {
        diagnostics.report(excess)
        return (nil, diagnostics)
    }
    let (manifest, decoding) = ManifestDecoder.decode(tree)
    diagnostics.report(contentsOf: decoding)
    let resolution = Resolution(of: manifest)
    var rules = options.check
    rules.builds = look?(resolution)
    let (checked, findings) = check(resolution, earlier: diagnostics, options: rules)
    guard let checked else { return (nil, findings) }
    return (Plan(checked), findings)
}

/// … → plan → artifacts.
package func compile(
    _ source: SourceFile, _ options: PipelineOptions, looking look: ((Resolution) -> BuildSources)? = nil
) -> (artifacts: [Artifact]?, diagnostics: DiagnosticList) {
    let (plan, diagnostics) = plan(source, options, looking: look)
    guard let plan else { return (nil, diagnostics) }
    return (emit(plan, layout: options.layout, options: options.emission), diagnostics)
}

extension DiagnosticList {
    /// A file without any value has no tree and no fault of its own: it lacks everything.
    fileprivate func orEmptyFile(_ source: SourceFile) -> DiagnosticList {
        guard isEmpty else { return self }
        var list = self
        list.report(
            Diagnostic(
                .missingKey, "this manifest is empty", at: .init(Location(source, .beginning), "nothing stands here"),
                help: ["begin with `version: 1`, `images:` and `projects:`"]))
        return list
    }
}
