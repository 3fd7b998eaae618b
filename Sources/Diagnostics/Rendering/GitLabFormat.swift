/// A GitLab Code Quality report; findings of one fingerprint would be dropped, so each has its own.
func renderGitLab(_ diagnostics: [Diagnostic]) -> [UInt8] {
    var sources = SourceIndex()
    var fingerprints = Fingerprints()
    var json = JSONWriter(.pretty)
    json.array(of: diagnostics) { json, diagnostic in
        let location = diagnostic.primary.location
        let (start, end) = sources[location.file].range(of: location.span)
        json.object { json in
            json.member("description", explanationWithPlaces(of: diagnostic, in: &sources))
            json.member("check_name", diagnostic.code.label + " " + diagnostic.code.name)
            json.member("fingerprint", fingerprints.next(for: diagnostic))
            json.member("severity", word(diagnostic.severity))
            json.object("location") { json in
                // A report's paths are relative to the repository and never begin with `./`.
                let path = location.file.path
                json.member("path", path.hasPrefix("./") ? String(path.dropFirst(2)) : path)
                json.object("lines") { json in
                    json.member("begin", start.line)
                    json.member("end", end.line)
                }
            }
        }
    }
    return json.finish()
}

private func word(_ severity: Severity) -> String {
    switch severity {
    case .error: "major"
    case .warning: "minor"
    case .info: "info"
    }
}
