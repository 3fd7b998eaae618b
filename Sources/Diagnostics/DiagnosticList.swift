import SourceText

/// The diagnostics of a run while they are collected.
///
/// The one order of diagnostics is made here, once: by file, by place, by code (specification 4: "ordered by place").
package struct DiagnosticList: Sendable {
    package private(set) var items: [Diagnostic] = []

    package init() {}

    package mutating func report(_ diagnostic: Diagnostic) { items.append(diagnostic) }
    package mutating func report(contentsOf others: [Diagnostic]) { items.append(contentsOf: others) }

    package init(_ items: [Diagnostic]) { self.items = items }

    package var isEmpty: Bool { items.isEmpty }
    package var hasErrors: Bool { items.contains { $0.severity == .error } }

    /// The diagnostics in their one order, each once.
    ///
    /// The same code at the same place with the same message counts as one: an anchored fragment that is used ten
    /// times has its fault once.
    package func sorted() -> [Diagnostic] {
        let ordered = items.enumerated().sorted { left, right in
            let (a, b) = (left.element, right.element)
            if a.primary.location.file.path != b.primary.location.file.path {
                return a.primary.location.file.path < b.primary.location.file.path
            }
            let (first, second) = (a.primary.location.span, b.primary.location.span)
            if first.start != second.start { return first.start < second.start }
            if a.code.number != b.code.number { return a.code.number < b.code.number }
            if first.end != second.end { return first.end < second.end }
            if a.message != b.message { return a.message < b.message }
            return left.offset < right.offset
        }
        var unique: [Diagnostic] = []
        for (_, item) in ordered {
            if let last = unique.last, last.code == item.code, last.message == item.message,
                last.primary.location.span == item.primary.location.span,
                last.primary.location.file.path == item.primary.location.file.path
            {
                continue
            }
            unique.append(item)
        }
        return unique
    }
}
