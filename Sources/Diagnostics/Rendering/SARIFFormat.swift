import SourceText

/// SARIF 2.1.0 within the limits of GitHub code scanning: one run of at most 25,000 results, the gravest kept, and 100
/// related locations each.
func renderSARIF(_ diagnostics: [Diagnostic], _ options: RenderingOptions) -> [UInt8] {
    var format = SARIFFormat(diagnostics, options)
    return format.render()
}

private let resultLimit = 25_000
private let relatedLimit = 100

private struct SARIFFormat {
    private let kept: [Diagnostic]
    private let leftOut: Int
    private let failure: String?
    private let tool: RenderingOptions.Tool
    private let rules: [RuleDescription]
    private let ruleIndices: [UInt16: Int]
    private var sources = SourceIndex()
    private var fingerprints = Fingerprints()

    init(_ diagnostics: [Diagnostic], _ options: RenderingOptions) {
        kept = diagnostics.count <= resultLimit ? diagnostics : Array(bySeverity(diagnostics).prefix(resultLimit))
        leftOut = diagnostics.count - kept.count
        failure = options.failure
        tool = options.tool
        // A report tells of the rules that found something: the texts of all would be most of it.
        let found = Set(kept.map(\.code.number))
        var rules = options.rules.filter { found.contains($0.code.number) }
        var indices: [UInt16: Int] = [:]
        for (index, rule) in rules.enumerated() { indices[rule.code.number] = index }
        for diagnostic in kept where indices[diagnostic.code.number] == nil {
            indices[diagnostic.code.number] = rules.count
            let summary = diagnostic.code.name.split(separator: "-").joined(separator: " ")
            rules.append(RuleDescription(diagnostic.code, summary: summary))
        }
        self.rules = rules
        ruleIndices = indices
    }

    mutating func render() -> [UInt8] {
        var json = JSONWriter(.pretty)
        json.object { json in
            json.member("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
            json.member("version", "2.1.0")
            json.array("runs") { json in json.object { writeRun(to: &$0) } }
        }
        return json.finish()
    }

    private mutating func writeRun(to json: inout JSONWriter) {
        json.object("tool") { json in
            json.object("driver") { json in
                json.member("name", tool.name)
                if let version = tool.version { json.member("semanticVersion", version) }
                if let uri = tool.informationURI { json.member("informationUri", uri) }
                json.array("rules", of: rules) { write($1, to: &$0) }
            }
        }
        json.member("columnKind", "unicodeCodePoints")
        if let failure {
            writeNotice("error", visible(failure), to: &json)
        } else if leftOut > 0 {
            let notice = "\(leftOut) less severe findings are left out: a run holds \(resultLimit)"
            writeNotice("warning", notice, to: &json)
        }
        json.array("results") { json in for diagnostic in kept { write(diagnostic, to: &json) } }
    }

    private func writeNotice(_ level: String, _ notice: String, to json: inout JSONWriter) {
        json.array("invocations") { json in
            json.object { json in
                json.member("executionSuccessful", failure == nil)
                json.array("toolExecutionNotifications") { json in
                    json.object { json in
                        json.member("level", level)
                        text("message", notice, to: &json)
                    }
                }
            }
        }
    }

    private func write(_ rule: RuleDescription, to json: inout JSONWriter) {
        let severity = rule.code.severity
        json.object { json in
            json.member("id", rule.code.label)
            json.member("name", rule.code.name)
            let summary = withoutLinks(rule.summary)
            for key in ["shortDescription", "fullDescription"] { json.object(key) { $0.member("text", summary) } }
            if !rule.help.isEmpty {
                json.object("help") { $0.member("text", rule.help) }
            }
            json.object("defaultConfiguration") { json in
                if rule.code.isOff { json.member("enabled", false) }
                json.member("level", level(severity))
            }
            json.object("properties") { json in
                json.array("tags", of: [rule.code.category] + rule.code.groups.map(\.name)) { $0.string($1) }
                json.member("problem.severity", severity == .info ? "recommendation" : severity.word)
            }
        }
    }

    private mutating func write(_ diagnostic: Diagnostic, to json: inout JSONWriter) {
        let file = diagnostic.primary.location.file
        json.object { json in
            json.member("ruleId", diagnostic.code.label)
            if let index = ruleIndices[diagnostic.code.number] { json.member("ruleIndex", index) }
            json.member("level", level(diagnostic.severity))
            text("message", explanation(of: diagnostic), to: &json)
            json.array("locations") { json in
                json.object { json in
                    json.key("physicalLocation")
                    physicalLocation(diagnostic.primary.location, to: &json)
                }
            }
            let related = diagnostic.secondary.prefix(relatedLimit)
            if !related.isEmpty {
                json.array("relatedLocations") { json in
                    for (index, label) in related.enumerated() {
                        json.object { json in
                            json.member("id", index + 1)
                            json.key("physicalLocation")
                            physicalLocation(label.location, to: &json)
                            if !label.text.isEmpty { text("message", visible(label.text), to: &json) }
                        }
                    }
                }
            }
            json.object("partialFingerprints") { $0.member("bayplan/v1", fingerprints.next(for: diagnostic)) }
            if let fix = diagnostic.fix, !fix.edits.isEmpty { write(fix, of: file, to: &json) }
        }
    }

    private mutating func write(_ fix: Fix, of file: SourceFile, to json: inout JSONWriter) {
        let index = sources[file]
        json.array("fixes") { json in
            json.object { json in
                text("description", visible(fix.title), to: &json)
                json.array("artifactChanges") { json in
                    json.object { json in
                        json.object("artifactLocation") { $0.member("uri", uri(ofPath: file.path)) }
                        json.array("replacements", of: fix.edits) { json, edit in
                            json.object { json in
                                json.key("deletedRegion")
                                region(edit.span, in: index, to: &json)
                                json.object("insertedContent") { json in
                                    json.key("text")
                                    json.string(utf8: edit.replacement)
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    private mutating func physicalLocation(_ location: Location, to json: inout JSONWriter) {
        let index = sources[location.file]
        json.object { json in
            json.object("artifactLocation") { $0.member("uri", uri(ofPath: location.file.path)) }
            json.key("region")
            region(location.span, in: index, to: &json)
        }
    }

    private func region(_ span: Span, in index: FileIndex, to json: inout JSONWriter) {
        let (start, end) = index.range(of: span)
        json.object { json in
            json.member("startLine", start.line)
            json.member("startColumn", start.column)
            json.member("endLine", end.line)
            json.member("endColumn", end.column)
        }
    }

    private func level(_ severity: Severity) -> String { severity == .info ? "note" : severity.word }

    /// A member that is a SARIF message; brackets that would read as a link are escaped.
    private func text(_ key: String, _ text: String, to json: inout JSONWriter) {
        json.object(key) { $0.member("text", withoutLinks(text)) }
    }
}

private func withoutLinks(_ text: String) -> String {
    // Nearly no text has one, and the search for a text is much slower than the look at its bytes.
    var copy = text
    let hasLink = copy.withUTF8 { bytes in
        bytes.indices.dropLast().contains { bytes[$0] == 0x5D && bytes[$0 + 1] == 0x28 }
    }
    return hasLink ? text.split(separator: "](", omittingEmptySubsequences: false).joined(separator: "\\](") : text
}
