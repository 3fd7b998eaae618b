import SourceText

/// The edits that one pass over a file makes: the safe fixes of its diagnostics, of which none touches another.
///
/// A fix that overlaps one chosen before it waits for the next pass, which sees the file as the first one left it; so no
/// two edits ever meet, and a fix is made whole or not at all.
package struct FixSelection: Sendable {
    /// The diagnostics whose fixes are made, in order.
    package private(set) var fixed: [Diagnostic] = []
    /// Ascending, not overlapping.
    package private(set) var edits: [Fix.Edit] = []

    /// Chooses among the diagnostics of one file, in their order.
    package init(_ diagnostics: [Diagnostic]) {
        for diagnostic in diagnostics {
            guard let fix = diagnostic.fix, fix.applicability == .safe, !fix.edits.isEmpty else { continue }
            guard fix.edits.allSatisfy({ isFree($0.span) }) else { continue }
            fixed.append(diagnostic)
            for edit in fix.edits { edits.insert(edit, at: position(of: edit.span)) }
        }
    }

    /// Whether a span neither overlaps nor touches an edit: two insertions at one place have no order.
    private func isFree(_ span: Span) -> Bool {
        let next = position(of: span)
        return next == edits.count || edits[next].span.start > span.end
    }

    /// The index of the first edit that does not end before a span.
    private func position(of span: Span) -> Int {
        var (low, high) = (0, edits.count)
        while low < high {
            let middle = (low + high) / 2
            if edits[middle].span.end < span.start { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The bytes of the file after the edits.
    package func applied(to bytes: [UInt8]) -> [UInt8] { edits.applied(to: bytes) }
}
