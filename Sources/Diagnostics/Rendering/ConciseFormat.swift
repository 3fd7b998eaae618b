/// One line each: `file:line:col: error[BP107] message`, the column counted in characters.
func renderConcise(_ diagnostics: [Diagnostic], _ options: RenderingOptions) -> [UInt8] {
    var sources = SourceIndex()
    var output = StyledOutput(Styling(useColor: options.useColor))
    for diagnostic in diagnostics {
        let location = diagnostic.primary.location
        let place = sources[location.file].position(of: location.span.start)
        output.write(beginningLine("\(visible(location.file.path)):\(place.line):\(place.column): "))
        output.write("\(diagnostic.severity.word)[\(diagnostic.code.label)]", .severity(diagnostic.severity))
        output.write(" " + visible(diagnostic.message))
        output.newLine()
    }
    return output.bytes
}

/// A place that may begin a line of output: one that the GitHub runner would take for a command gets a `./` first.
private func beginningLine(_ place: String) -> String {
    place.drop { $0.isWhitespace }.hasPrefix("::") ? "./" + place : place
}
