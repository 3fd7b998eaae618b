import Diagnostics
import SourceText

/// Findings of an import, with the place in the Compose file.
struct ImportFindings {
    private let files: ComposeFiles
    private(set) var list = DiagnosticList()
    private var seen: Set<String> = []

    init(_ files: ComposeFiles) { self.files = files }

    mutating func report(
        _ code: Code, _ message: String, at span: Span, _ label: String, also: [(Span, String)] = [],
        why: String? = nil, help: [String] = [], severity: Severity? = nil
    ) {
        guard seen.insert("\(code.number) \(span.start) \(span.end) \(message)").inserted else { return }
        var diagnostic = Diagnostic(
            code, message, at: .init(files.location(span), label),
            also: also.map { .init(files.location($0.0), $0.1) }, why: why, help: help)
        if let severity { diagnostic.severity = severity }
        list.report(diagnostic)
    }

    /// Something that the manifest's language has no place for.
    mutating func notCarried(
        _ what: String, at span: Span, _ label: String, also: [(Span, String)] = [], why: String? = nil,
        help: [String] = [], severity: Severity? = nil
    ) {
        report(
            .notCarried, "\(what) is not carried over", at: span, label, also: also, why: why, help: help,
            severity: severity)
    }
}
