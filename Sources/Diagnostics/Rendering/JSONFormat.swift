import SourceText

/// The project's own format, described by `schemas/diagnostics.schema.json`; `schema` grows when a reader must change.
func renderJSON(_ diagnostics: [Diagnostic]) -> [UInt8] {
    var sources = SourceIndex()
    let tally = Tally(diagnostics)
    var json = JSONWriter(.pretty)
    json.object { json in
        json.member("schema", 1)
        json.object("summary") { json in
            json.member("errors", tally.errors)
            json.member("warnings", tally.warnings)
            json.member("infos", tally.notes)
        }
        json.array("diagnostics", of: diagnostics) { json, diagnostic in write(diagnostic, to: &json, &sources) }
    }
    return json.finish()
}

private func write(_ diagnostic: Diagnostic, to json: inout JSONWriter, _ sources: inout SourceIndex) {
    json.object { json in
        json.member("code", diagnostic.code.label)
        json.member("name", diagnostic.code.name)
        json.member("severity", diagnostic.severity.word)
        json.member("message", diagnostic.message)
        json.key("primary")
        write(diagnostic.primary, to: &json, &sources)
        json.array("secondary", of: diagnostic.secondary) { json, label in write(label, to: &json, &sources) }
        json.member("why", orNull: diagnostic.why)
        json.array("help", of: diagnostic.help) { json, help in json.string(help) }
        json.key("fix")
        guard let fix = diagnostic.fix else {
            json.null()
            return
        }
        let file = diagnostic.primary.location.file
        json.object { json in
            json.member("title", fix.title)
            json.member("applicability", fix.applicability.rawValue)
            json.member("file", file.path)
            json.array("edits", of: fix.edits) { json, edit in
                json.object { json in
                    write(edit.span, in: sources[file], to: &json)
                    json.key("replacement")
                    json.string(utf8: edit.replacement)
                }
            }
        }
    }
}

private func write(_ label: Diagnostic.Label, to json: inout JSONWriter, _ sources: inout SourceIndex) {
    json.object { json in
        json.member("file", label.location.file.path)
        write(label.location.span, in: sources[label.location.file], to: &json)
        json.member("label", label.text)
    }
}

private func write(_ span: Span, in index: FileIndex, to json: inout JSONWriter) {
    let (start, end) = index.range(of: span)
    for (name, position) in [("start", start), ("end", end)] {
        json.object(name) { json in
            json.member("line", position.line)
            json.member("column", position.column)
            json.member("utf16Column", position.utf16Column)
            json.member("byteOffset", position.byteOffset)
        }
    }
}
