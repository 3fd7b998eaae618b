/// The forms in which diagnostics are written.
package enum OutputFormat: String, CaseIterable, Sendable {
    case text, concise, json, sarif, github, gitlab, junit
}

/// The diagnostics as bytes, in the order in which they are given unless a format demands another.
///
/// Pure, and linear in the diagnostics and the files they name. `text`, `concise` and `github` are empty without
/// diagnostics; the others are then whole, empty documents.
package func render(
    _ diagnostics: [Diagnostic], as format: OutputFormat, options: RenderingOptions = RenderingOptions()
) -> [UInt8] {
    switch format {
    case .text: renderText(diagnostics, options)
    case .concise: renderConcise(diagnostics, options)
    case .json: renderJSON(diagnostics)
    case .sarif: renderSARIF(diagnostics, options)
    case .github: renderGitHub(diagnostics, options)
    case .gitlab: renderGitLab(diagnostics)
    case .junit: renderJUnit(diagnostics, options)
    }
}
