import Diagnostics
import Emission
import Inspection
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
    /// Whether everything lies below another folder as it does below the one that holds it all.
    package var isMoved = false
    /// The version of this Bayplan.
    package var version = bayplanVersion

    package init(layout: Layout) {
        self.layout = layout
        check.folderInRoot = layout.folder
        check.manifestName = layout.manifestName
    }
}

/// Reads a text as `Tree.read` does.
package typealias TreeReading = (SourceFile, Limits) -> (tree: Tree?, diagnostics: [Diagnostic])

/// Answers what the builds of a resolved manifest ask of the project folders.
package typealias BuildProbing = (Resolution, BuildQuestions) -> BuildSources

/// bytes → YAML tree with spans → typed manifest → resolution → checked manifest.
///
/// Pure: what comes out depends on the arguments alone.
///
/// - Parameters:
///   - look: answers what the builds ask of the project folders; nil when nobody is to look.
///   - read: reads the text where an earlier one of it is remembered; nil to read the whole.
/// - Returns: the checked manifest, or nil when there are errors, everything found, and whether the structure of all
///   Compose fragments is sound.
package func check(
    _ source: SourceFile, _ options: PipelineOptions, looking look: BuildProbing? = nil,
    reading read: TreeReading? = nil
) -> (checked: CheckedManifest?, diagnostics: DiagnosticList, isStructureSound: Bool) {
    var rules = options.check
    var diagnostics = DiagnosticList()
    let (tree, faults) = read?(source, options.limits) ?? Tree.read(source, limits: options.limits)
    diagnostics.report(contentsOf: faults)
    guard let tree = consume tree else { return (nil, diagnostics.orEmptyFile(source), false) }
    if let excess = tree.excessOfDeclarations(over: options.limits.declarations) {
        diagnostics.report(excess)
        return (nil, diagnostics, false)
    }
    let (manifest, decoding) = ManifestDecoder.decode(consume tree)
    if let refusal = manifest.refusal(ofBayplan: options.version) {
        diagnostics.report(refusal)
        return (nil, diagnostics, false)
    }
    diagnostics.report(contentsOf: decoding)
    if let excess = manifest.excessOfMergedBytes(over: options.limits.mergedBytes(of: source)) {
        diagnostics.report(excess)
        return (nil, diagnostics, false)
    }
    let resolution = Resolution(of: consume manifest)
    if let look {
        // What it looks through is its caller's, who waits here until it has answered.
        nonisolated(unsafe) let look = look
        let folder = options.layout.folder
        rules.looking = { look($0, BuildQuestions(of: $0, folderInRoot: folder)) }
    }
    return check(resolution, earlier: diagnostics, options: rules)
}

/// … → checked manifest → plan.
package func plan(
    _ source: SourceFile, _ options: PipelineOptions, looking look: BuildProbing? = nil,
    reading read: TreeReading? = nil
) -> (plan: Plan?, diagnostics: DiagnosticList) {
    let (checked, diagnostics, _) = check(source, options, looking: look, reading: read)
    return (checked.map { Plan($0) }, diagnostics)
}

/// What the pipeline makes of a manifest, before any of it is written.
package struct Compiled {
    package let diagnostics: DiagnosticList
    /// What is to be written, with the plan that it was made of and where it lies; nil with errors, or where the run was
    /// cancelled.
    package let output: (artifacts: [Artifact], plan: Plan, layout: Layout)?

    package var artifacts: [Artifact]? { output?.artifacts }
}

/// bytes → … → checked manifest → plan → artifacts: all of the pipeline but the disk.
///
/// - Parameter found: is told what was found, and whether the structure of all Compose fragments is sound, before anything
///   is planned; false cancels the run.
package func compile(
    _ source: SourceFile, _ options: PipelineOptions, looking look: BuildProbing? = nil,
    reading read: TreeReading? = nil, found: (DiagnosticList, Bool) -> Bool = { _, _ in true }
) -> Compiled {
    let (checked, diagnostics, isStructureSound) = check(source, options, looking: look, reading: read)
    guard found(diagnostics, isStructureSound), let checked else {
        return Compiled(diagnostics: diagnostics, output: nil)
    }
    let plan = Plan(checked)
    let layout = options.isMoved ? options.layout.seen(from: options.layout.home(of: plan)) : options.layout
    let artifacts = emit(plan, layout: layout, options: options.emission)
    return Compiled(diagnostics: diagnostics, output: (artifacts, plan, layout))
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
