import SourceText

/// A request about a document.
enum Feature: String {
    case completion = "textDocument/completion"
    case hover = "textDocument/hover"
    case definition = "textDocument/definition"
    case references = "textDocument/references"
    case documentHighlight = "textDocument/documentHighlight"
    case prepareRename = "textDocument/prepareRename"
    case rename = "textDocument/rename"
    case codeAction = "textDocument/codeAction"
    case documentSymbol = "textDocument/documentSymbol"
}

extension LanguageServer {
    mutating func answer(_ feature: Feature, _ parameters: JSONValue) throws(RequestFailure) -> JSONValue {
        guard let uri = parameters["textDocument"]?["uri"]?.string, let document = documents[uri] else {
            throw RequestFailure(code: -32602, message: "the document is not open")
        }
        let offset = document.offset(parameters["position"])
        if feature == .completion {
            return ["isIncomplete": false, "items": .array(completions(document, offset))]
        }
        guard let analysis = analysis(of: document) else { return .null }
        switch feature {
        case .completion: return .null
        case .hover: return Hover(document, at: offset, analysis).answer
        case .definition:
            return .array(locations(document, offset, analysis) { $0.role == .definition })
        case .references:
            let includesDeclaration = parameters["context"]?["includeDeclaration"]?.isTrue ?? false
            return .array(locations(document, offset, analysis) { includesDeclaration || $0.role != .definition })
        case .documentHighlight:
            return .array(
                locations(document, offset, analysis) { _ in true }.map { ["range": $0["range"] ?? .null] })
        case .prepareRename, .rename: return try rename(feature, document, offset, analysis, parameters)
        case .codeAction:
            if let only = parameters["context"]?["only"]?.items, !only.isEmpty,
                !only.contains(where: { $0 == "quickfix" || $0 == "" })
            {
                return []
            }
            let range = parameters["range"]
            let (start, end) = (document.offset(range?["start"]), document.offset(range?["end"]))
            return .array(CodeActions.all(document, analysis, in: min(start, end)..<max(start, end)))
        case .documentSymbol:
            return analysis.manifest.map { .array(DocumentSymbols.all(document, $0)) } ?? .null
        }
    }

    private func completions(_ document: Document, _ offset: Int) -> [JSONValue] {
        Completion.items(document, at: offset, manifest: lastManifest(of: document.uri))
    }

    /// The places of what stands at an offset, ascending, each once.
    private func locations(
        _ document: Document, _ offset: Int, _ analysis: Analysis, where isWanted: (NamedThing.Occurrence) -> Bool
    ) -> [JSONValue] {
        guard let all = analysis.manifest?.occurrences() else { return [] }
        let here = all.filter { $0.span.holds(offset) }
        // On the key of a service that runs its namesake, the definition that is elsewhere is the image's.
        let things = Set(here.map(\.thing))
        let spans = Set(all.filter { things.contains($0.thing) && isWanted($0) }.map(\.span))
        return spans.sorted { ($0.start, $0.end) < ($1.start, $1.end) }
            .map { ["uri": .string(document.uri), "range": document.range($0)] }
    }

    private func rename(
        _ feature: Feature, _ document: Document, _ offset: Int, _ analysis: Analysis, _ parameters: JSONValue
    ) throws(RequestFailure) -> JSONValue {
        do {
            let rename = try Rename(analysis, at: offset)
            if feature == .prepareRename {
                return ["range": document.range(rename.span), "placeholder": .string(rename.name)]
            }
            let edits = try rename.edits(to: parameters["newName"]?.string ?? "")
            return CodeActions.edit(document, edits.map { ($0.span, $0.text) })
        } catch {
            throw RequestFailure(code: -32803, message: error.reason)
        }
    }
}
