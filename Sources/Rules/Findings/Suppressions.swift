import Diagnostics
import SourceText
import YAMLSyntax

/// The comments `# bayplan: allow(rule) reason` of a manifest.
///
/// A comment silences what stands on its line; one that has a line to itself, what stands on the next line that is no
/// comment.
struct Suppressions {
    private struct Entry {
        /// The rule's name in the comment.
        let span: Span
        /// The zero-based line that it speaks of.
        let line: Int
        let hasReason: Bool
        /// The whole comment, where it names one rule only.
        let comment: Span?
        var isUsed = false
        /// Whether what it speaks of is there, and cannot be silenced.
        var isRefused = false
    }

    /// In the order of the comments, and so of the lines that they speak of.
    private var entries: [Entry] = []
    /// For a line and a code, as one number, the entry that silences it: many may speak of one line.
    private var answers: [Int: Int?] = [:]
    private var lines: LineTable?
    private let source: SourceFile

    init(in tree: Tree) {
        source = tree.source
        let comments = SuppressionComment.all(in: tree)
        if comments.isEmpty { return }
        let lines = LineTable(tree.source)
        self.lines = lines
        entries.reserveCapacity(comments.count)
        for (comment, line) in zip(comments, Self.linesMeant(by: comments, lines, tree.source)) {
            for rule in comment.rules {
                entries.append(
                    Entry(
                        span: rule, line: line, hasReason: comment.hasReason,
                        comment: comment.rules.count == 1 ? comment.span : nil))
            }
        }
    }

    /// Whether a comment silences a diagnostic of the manifest.
    mutating func silence(_ diagnostic: Diagnostic) -> Bool {
        silence(diagnostic.code, at: diagnostic.primary.location.span, allowed: diagnostic.canBeSilenced)
    }

    /// Whether a comment silences a code at a place, which makes it a comment of use.
    mutating func silence(_ code: Code, at span: Span, allowed isAllowed: Bool = true) -> Bool {
        guard let lines, code.canBeSilenced else { return false }
        let line = lines.lineIndex(of: span.start)
        let question = line * 1000 + Int(code.number)
        let index = answers[question] ?? entry(for: code, on: line)
        answers[question] = .some(index)
        guard let index else { return false }
        if isAllowed { entries[index].isUsed = true } else { entries[index].isRefused = true }
        return isAllowed
    }

    /// The index of the first entry that silences a code on a line.
    private func entry(for code: Code, on line: Int) -> Int? {
        let start = firstEntry(from: line)
        return entries[start...].prefix { $0.line == line }.firstIndex { self.code(of: $0) == code && $0.hasReason }
    }

    /// The code of the rule that an entry names; read when asked, since a file may hold a million entries.
    private func code(of entry: Entry) -> Code? { Code.named(source.text(entry.span)) }

    /// The index of the first entry that speaks of a line or of one behind it.
    private func firstEntry(from line: Int) -> Int {
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].line < line { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// BP011 for every comment that silences nothing.
    ///
    /// - Parameter isOff: whether a rule was not asked, so that it cannot be told what the comment would silence.
    func findings(in tree: Tree, unless isOff: (Code) -> Bool) -> DiagnosticList {
        var list = DiagnosticList()
        for entry in entries where !entry.isUsed {
            if entry.hasReason, let code = code(of: entry), isOff(code) { continue }
            list.report(.uselessSuppression, finding(entry, in: tree))
        }
        return list
    }

    private func finding(_ entry: Entry, in tree: Tree) -> Diagnostic {
        let (message, label, help): (String, String, String)
        var fix: Fix?
        let rule = source.text(entry.span)
        if let code = code(of: entry) {
            if !code.canBeSilenced || entry.isRefused {
                message = "`\(code.name)` cannot be silenced" + (code.canBeSilenced ? " here" : "")
                label =
                    code.canBeSilenced
                    ? "Compose refuses what \(code.label) finds on \(lineName(entry))"
                    : "\(code.label) is an error that would make the output wrong"
                help = "mend what it reports, and remove this comment"
                fix = removal(of: entry, in: tree)
            } else if !entry.hasReason {
                message = "this comment silences `\(rule)` without a reason"
                label = "so it silences nothing"
                help = "say after the parenthesis why it is right here"
            } else {
                message = "this comment silences nothing"
                label = "`\(code.name)` finds nothing on \(lineName(entry))"
                help = "remove it, or move it to the line that is meant"
                fix = removal(of: entry, in: tree)
            }
        } else {
            message = "there is no rule `\(rule)`"
            label = "so this comment silences nothing"
            let near = closestMatch(to: rule, among: Code.words)
            help = near.map { "did you mean `\($0)`?" } ?? "name a rule, such as `floating-tag` or `BP502`"
            fix = .renaming(rule, to: near, at: [entry.span], in: tree.source)
        }
        return Diagnostic(
            .uselessSuppression, message, at: .init(tree.location(entry.span), label), help: [help],
            fix: fix)
    }

    /// Takes the comment away, with its line where it has one to itself.
    private func removal(of entry: Entry, in tree: Tree) -> Fix? {
        guard let comment = entry.comment else { return nil }
        var span = comment
        while span.start > 0, tree.source.bytes[Int(span.start) - 1] == 0x20 { span.start -= 1 }
        let lines = tree.wholeLines(of: comment)
        return Fix(title: "remove this comment", edits: [.init(lines ?? span, "")])
    }

    private func lineName(_ entry: Entry) -> String { "line \(entry.line + 1)" }

    /// For each comment the zero-based line that it speaks of.
    private static func linesMeant(
        by comments: [SuppressionComment], _ lines: LineTable, _ source: SourceFile
    ) -> [Int] {
        func firstByte(_ line: Int) -> UInt8? {
            source.bytes[lines.content(ofLine: line).range].first { $0 != 0x20 && $0 != 0x09 }
        }
        // From the last to the first: where the next comment has a line to itself, this one means what that one means,
        // so that each line is looked at once.
        var meant: [Int] = []
        var next: (line: Int, meant: Int)?
        for comment in comments.reversed() {
            let own = lines.lineIndex(of: comment.span.start)
            var line = own
            while line + 1 < lines.starts.count, firstByte(line) == UInt8(ascii: "#") {
                line += 1
                if let next, next.line == line {
                    line = next.meant
                    break
                }
            }
            next = (own, line)
            meant.append(line)
        }
        return meant.reversed()
    }
}
