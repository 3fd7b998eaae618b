import Diagnostics
import SourceText

/// What can be done about findings: their fixes, and a comment that allows one.
enum CodeActions {
    /// The actions for what was found in a range.
    static func all(_ document: Document, _ analysis: Analysis, in range: Range<Int>) -> [JSONValue] {
        var actions: [JSONValue] = []
        var tables = [document.source.path: document.positions]
        for found in analysis.diagnostics where found.primary.location.file.path == document.source.path {
            let span = found.primary.location.span
            guard Int(span.start) <= range.upperBound, range.lowerBound <= Int(span.end) else { continue }
            let diagnostic = Publishing.diagnostic(found, &tables, document.encoding)
            if let fix = found.fix {
                let edits = fix.edits.map { ($0.span, String(decoding: $0.replacement, as: UTF8.self)) }
                actions.append(
                    action(
                        visible(fix.title), diagnostic, document, edits, isPreferred: fix.applicability == .safe))
            }
            if found.canBeSilenced {
                let line = document.lines.lineIndex(of: span.start)
                let start = document.lines.starts[line]
                let indent = document.bytes[Int(start)...].prefix { $0 == 0x20 }.count
                let comment = blanks(indent) + "# bayplan: allow(\(found.code.name)) say why here\n"
                actions.append(
                    action(
                        "Allow \(found.code.name) here, with a reason", diagnostic, document,
                        [(Span(start, start), comment)], isPreferred: false))
            }
        }
        return actions
    }

    private static func action(
        _ title: String, _ diagnostic: JSONValue, _ document: Document, _ edits: [(Span, String)], isPreferred: Bool
    ) -> JSONValue {
        [
            "title": .string(title), "kind": "quickfix", "diagnostics": [diagnostic],
            "isPreferred": .boolean(isPreferred), "edit": Self.edit(document, edits),
        ]
    }

    /// A `WorkspaceEdit` of one document.
    static func edit(_ document: Document, _ edits: [(Span, String)]) -> JSONValue {
        let edits = edits.map { span, text -> JSONValue in
            ["range": document.range(span), "newText": .string(text)]
        }
        return ["changes": .object([.init(document.uri, .array(edits))])]
    }
}
