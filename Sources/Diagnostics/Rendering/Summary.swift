/// How many diagnostics of each severity there are.
struct Tally {
    private(set) var errors = 0
    private(set) var warnings = 0
    private(set) var notes = 0

    init(_ diagnostics: [Diagnostic]) {
        for diagnostic in diagnostics {
            switch diagnostic.severity {
            case .error: errors += 1
            case .warning: warnings += 1
            case .info: notes += 1
            }
        }
    }

    /// `3 errors, 1 warning and 2 notes`; what there is none of is not named.
    var words: String {
        let parts = [(errors, "error"), (warnings, "warning"), (notes, "note")].filter { $0.0 > 0 }
            .map { count, noun in "\(count) \(noun)" + (count == 1 ? "" : "s") }
        guard let last = parts.last else { return "nothing to complain of" }
        return parts.count == 1 ? last : Array(parts.dropLast()).joined(separator: ", ") + " and " + last
    }
}

/// The line that closes a report: `bayplan: 3 errors and 1 warning in strategy.yaml`.
package func summaryLine(of diagnostics: [Diagnostic], tool: String = "bayplan") -> String {
    var paths: Set<String> = []
    for diagnostic in diagnostics { paths.insert(diagnostic.primary.location.file.path) }
    let place =
        switch paths.count {
        case 0: ""
        case 1: " in " + visible(paths.first ?? "")
        default: " in \(paths.count) files"
        }
    return tool + ": " + Tally(diagnostics).words + place
}
