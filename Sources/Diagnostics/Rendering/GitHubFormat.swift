/// Annotations of GitHub Actions, the gravest first because a step shows ten of each kind, then a line with the total.
///
/// Each line begins with the command's own `::`, and nothing in it can end it: the text is visible, and `%`, CR and LF
/// are escaped, in properties `:` and `,` too.
func renderGitHub(_ diagnostics: [Diagnostic], _ options: RenderingOptions) -> [UInt8] {
    if let failure = options.failure { return Array("::error::\(message(visible(failure)))\n".utf8) }
    if diagnostics.isEmpty { return [] }
    var sources = SourceIndex()
    var output = ""
    for diagnostic in bySeverity(diagnostics) {
        let location = diagnostic.primary.location
        let (start, end) = sources[location.file].range(of: location.span)
        let command =
            switch diagnostic.severity {
            case .error: "error"
            case .warning: "warning"
            case .info: "notice"
            }
        output += "::\(command) file=\(property(location.file.path)),line=\(start.line)"
        // The runner ignores columns of an annotation that spans lines.
        if start.line == end.line {
            output += ",col=\(start.column),endLine=\(end.line),endColumn=\(max(end.column, start.column + 1))"
        } else {
            output += ",endLine=\(end.line)"
        }
        let text = explanationWithPlaces(of: diagnostic, in: &sources)
        let title = "\(diagnostic.code.label) \(diagnostic.code.name)"
        output += ",title=\(property(title))::\(message(text))\n"
    }
    output += summaryLine(of: diagnostics, tool: options.tool.name) + "\n"
    return Array(output.utf8)
}

/// Text of a command; its line feeds are the explanation's own, user text has none that is not visible.
private func message(_ text: String) -> String { escape(text, property: false) }

private func property(_ text: String) -> String { escape(visible(text), property: true) }

private func escape(_ text: String, property: Bool) -> String {
    var result: [UInt8] = []
    result.reserveCapacity(text.utf8.count + 16)
    for byte in text.utf8 {
        switch byte {
        case 0x25: result += "%25".utf8
        case 0x0D: result += "%0D".utf8
        case 0x0A: result += "%0A".utf8
        case 0x3A where property: result += "%3A".utf8
        case 0x2C where property: result += "%2C".utf8
        default: result.append(byte)
        }
    }
    return String(decoding: result, as: UTF8.self)
}
