import SourceText

/// The diagnostics of a run while they are collected.
///
/// The one order of diagnostics is made here, once: by file, by place, by code.
package struct DiagnosticList: Sendable {
    /// The diagnostics that a list holds; what is found beyond them is only counted.
    ///
    /// Nobody reads ten thousand findings, and a hostile file could fill the memory with more.
    package static let capacity = 10_000
    /// The bytes of texts that a list holds: ten thousand findings may each quote one name of some megabytes.
    private static let textCapacity = 32 << 20

    package private(set) var items: [Diagnostic] = []
    /// How many were found beyond those, by code.
    package private(set) var uncollected: [(code: Code, count: Int)] = []
    private var textBytes = 0
    /// The codes of `items`: rules ask for them again and again, and looking at each finding would copy it.
    private var codes: Set<Code> = []

    private var isFull: Bool { items.count >= Self.capacity || textBytes >= Self.textCapacity }

    package init() {}

    package init(_ items: [Diagnostic]) { report(contentsOf: items) }

    package mutating func report(_ diagnostic: Diagnostic) { report(diagnostic.code, diagnostic) }

    /// Reports what is only put into words when the list has room for it.
    package mutating func report(_ code: Code, _ diagnostic: @autoclosure () -> Diagnostic) {
        if isFull { return count(1, code) }
        let diagnostic = diagnostic()
        codes.insert(diagnostic.code)
        textBytes += diagnostic.textBytes
        items.append(diagnostic)
    }

    /// Counts a finding without putting it into words, if the list has no room for it.
    package mutating func countsOnly(_ code: Code) -> Bool {
        guard isFull else { return false }
        count(1, code)
        return true
    }

    /// Counts findings that nobody puts into words.
    package mutating func count(_ number: Int, _ code: Code) {
        if number <= 0 { return }
        if let index = uncollected.firstIndex(where: { $0.code == code }) {
            uncollected[index].count += number
        } else {
            uncollected.append((code, number))
        }
    }

    package mutating func report(contentsOf others: [Diagnostic]) { for item in others { report(item) } }

    package mutating func report(contentsOf other: DiagnosticList) {
        report(contentsOf: other.items)
        for (code, number) in other.uncollected { count(number, code) }
    }

    /// The same list with other items.
    package func replacing(_ items: [Diagnostic]) -> DiagnosticList {
        var list = DiagnosticList()
        list.report(contentsOf: items)
        for (code, number) in uncollected { list.count(number, code) }
        return list
    }

    /// Whether one of these was found, collected or not.
    package func holds(anyOf wanted: some Sequence<Code>) -> Bool {
        wanted.contains { code in codes.contains(code) || uncollected.contains { $0.code == code } }
    }

    package var isEmpty: Bool { items.isEmpty }
    package var hasErrors: Bool { items.contains { $0.severity == .error } }

    /// Says in a last diagnostic of this file how many there are beyond those collected; its severity is theirs.
    ///
    /// - Parameter severity: what a code counts as; nil for one that is turned off.
    package mutating func closeCount(in file: SourceFile, severity: (Code) -> Severity?) {
        let counted = uncollected.compactMap { entry in severity(entry.code).map { ($0, entry.count) } }
        uncollected = []
        guard let worst = counted.map(\.0).max() else { return }
        let sum = counted.reduce(0) { $0 + $1.1 }
        var diagnostic = Diagnostic(
            .limitExceeded, "there are \(sum) more findings than the \(items.count) that are listed",
            at: .init(Location(file, .beginning), ""), help: ["mend the first ones, then look again"])
        diagnostic.severity = worst
        codes.insert(diagnostic.code)
        items.append(diagnostic)
    }

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
