/// One line each: `file:line:col: error[BP107] message`, the column counted in characters.
func renderConcise(_ diagnostics: [Diagnostic], _ options: RenderingOptions) -> [UInt8] {
    var sources = SourceIndex()
    var output = StyledOutput(Styling(useColor: options.useColor))
    for diagnostic in diagnostics {
        let location = diagnostic.primary.location
        let place = sources[location.file].position(of: location.span.start)
        output.write("\(pathBeginningLine(location.file.path)):\(place.line):\(place.column): ")
        output.write("\(diagnostic.severity.word)[\(diagnostic.code.label)]", .severity(diagnostic.severity))
        output.write(" " + visible(diagnostic.message))
        output.newLine()
    }
    return output.bytes
}

/// A path that may begin a line of output: one that the GitHub runner would take for a command begins with `./`.
private func pathBeginningLine(_ path: String) -> String {
    let path = visible(path)
    return path.drop { $0.isWhitespace }.hasPrefix("::") ? "./" + path : path
}
