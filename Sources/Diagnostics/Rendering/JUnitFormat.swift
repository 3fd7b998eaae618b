/// JUnit XML: a suite for each file and a case for each finding; what does not fail the run passes with its text as
/// output, and a run without findings is one passing case, because readers take an empty report for a missing one.
func renderJUnit(_ diagnostics: [Diagnostic], _ options: RenderingOptions) -> [UInt8] {
    func fails(_ diagnostic: Diagnostic) -> Bool { diagnostic.severity >= (options.strict ? .warning : .error) }
    var sources = SourceIndex()
    var paths: [String] = []
    var findings: [String: [Diagnostic]] = [:]
    for diagnostic in diagnostics {
        let path = diagnostic.primary.location.file.path
        if findings[path] == nil { paths.append(path) }
        findings[path, default: []].append(diagnostic)
    }
    let name = attribute(options.tool.name)
    var xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    let failures = diagnostics.filter(fails).count
    if let failure = options.failure {
        let suite = "name=\(name) tests=\"1\" failures=\"0\" errors=\"1\""
        xml += "<testsuites \(suite)>\n  <testsuite \(suite) skipped=\"0\">\n"
        xml += "    <testcase name=\"run\" classname=\(name)>\n      <error message=\(attribute(failure))/>\n"
        return Array((xml + "    </testcase>\n  </testsuite>\n</testsuites>\n").utf8)
    }
    xml += "<testsuites name=\(name) tests=\"\(max(1, diagnostics.count))\" failures=\"\(failures)\" errors=\"0\">\n"
    if diagnostics.isEmpty {
        xml += "  <testsuite name=\(name) tests=\"1\" failures=\"0\" errors=\"0\" skipped=\"0\">\n"
        xml += "    <testcase name=\"no findings\" classname=\(name)/>\n  </testsuite>\n"
    }
    for path in paths {
        let items = findings[path] ?? []
        let failures = items.filter(fails).count
        let file = attribute(path)
        xml += "  <testsuite name=\(file) tests=\"\(items.count)\" failures=\"\(failures)\""
        xml += " errors=\"0\" skipped=\"0\">\n"
        for diagnostic in items {
            let place = sources[diagnostic.primary.location.file].position(of: diagnostic.primary.location.span.start)
            let code = diagnostic.code.label
            let title = attribute("\(code) \(diagnostic.code.name) at \(place.line):\(place.column)")
            xml += "    <testcase name=\(title) classname=\(file) line=\"\(place.line)\">\n"
            let text = escape(explanationWithPlaces(of: diagnostic, in: &sources))
            if fails(diagnostic) {
                xml += "      <failure message=\(attribute(diagnostic.message)) type=\"\(code)\">\(text)</failure>\n"
            } else {
                xml += "      <system-out>\(diagnostic.severity.word): \(text)</system-out>\n"
            }
            xml += "    </testcase>\n"
        }
        xml += "  </testsuite>\n"
    }
    return Array((xml + "</testsuites>\n").utf8)
}

/// A quoted attribute value; characters that XML 1.0 does not allow are visible ones by then.
private func attribute(_ text: String) -> String { "\"" + escape(visible(text)) + "\"" }

private func escape(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "&": result += "&amp;"
        case "<": result += "&lt;"
        case ">": result += "&gt;"
        case "\"": result += "&quot;"
        default: result.unicodeScalars.append(scalar)
        }
    }
    return result
}
