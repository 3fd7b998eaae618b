/// A diagnostic as lines of plain text, for formats that have one field for it all: the message, then label, why and
/// help, each line but the first begun by the program's own words.
func explanation(of diagnostic: Diagnostic) -> String {
    var lines = [visible(diagnostic.message)]
    if !diagnostic.primary.text.isEmpty { lines.append("here: " + visible(diagnostic.primary.text)) }
    if let why = diagnostic.why { lines.append("why: " + visible(why)) }
    for help in diagnostic.help { lines.append("help: " + visible(help)) }
    if let fix = diagnostic.safeFix, !diagnostic.help.contains(fix.title) {
        lines.append("help: " + visible(fix.title))
    }
    return lines.joined(separator: "\n")
}

/// The same with the other places that matter, ten at most, for formats that have no field for them.
func explanationWithPlaces(of diagnostic: Diagnostic, in sources: inout SourceIndex) -> String {
    var text = explanation(of: diagnostic)
    for label in diagnostic.secondary.prefix(10) {
        let place = sources[label.location.file].position(of: label.location.span.start)
        text += "\nsee \(visible(label.location.file.path)):\(place.line):\(place.column)"
        if !label.text.isEmpty { text += ": " + visible(label.text) }
    }
    return text
}

/// The gravest first, otherwise in the order they had.
func bySeverity(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
    var sorted: [Diagnostic] = []
    sorted.reserveCapacity(diagnostics.count)
    for severity in Severity.allCases.reversed() { sorted += diagnostics.lazy.filter { $0.severity == severity } }
    return sorted
}
