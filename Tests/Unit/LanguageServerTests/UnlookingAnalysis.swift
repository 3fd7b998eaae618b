import Compiler
import Diagnostics
import Emission
import Inspection
import LanguageServer
import Resolution
import SourceText

/// What the real pipeline says of a manifest when it looks into no folder.
func unlookingAnalysis(_ source: SourceFile) -> Analysis {
    var resolution: Resolution?
    let options = PipelineOptions(layout: Layout(folder: [], manifestName: "strategy.yaml"))
    let (checked, found, _) = check(
        source, options,
        looking: {
            resolution = $0
            return BuildSources($1)
        })
    return Analysis(source: source, resolution: resolution, checked: checked, diagnostics: found.sorted())
}
