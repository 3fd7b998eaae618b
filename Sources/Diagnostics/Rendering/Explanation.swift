/// Message, label, why and help as lines of plain text, for formats that have one field for them all.
func explanation(of diagnostic: Diagnostic) -> String {
    var lines = [visible(diagnostic.message)]
    if !diagnostic.primary.text.isEmpty { lines[0] += ": " + visible(diagnostic.primary.text) }
    if let why = diagnostic.why { lines.append("why: " + visible(why)) }
    for help in diagnostic.help { lines.append("help: " + visible(help)) }
    if let fix = diagnostic.fix, !diagnostic.help.contains(fix.title) { lines.append("help: " + visible(fix.title)) }
    return lines.joined(separator: "\n")
}

/// The gravest first, otherwise in the order they had.
func bySeverity(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    var sorted: [Diagnostic] = []
    sorted.reserveCapacity(diagnostics.count)
    for severity in Severity.allCases.reversed() { sorted += diagnostics.lazy.filter { $0.severity == severity } }
    return sorted
}
