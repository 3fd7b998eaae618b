import SourceText

/// Edits of one file that repair a finding, keeping every byte outside them.
package struct Fix: Sendable {
    /// How sure it is that the author wants the edits.
    package enum Applicability: String, Sendable {
        /// What the author meant is beyond doubt: `validate --fix` makes the edits.
        case safe
        /// A guess, such as a near name: shown and offered in editors, made by nobody unasked.
        case suggestion
    }

    /// The replacement of one span.
    package struct Edit: Sendable, Equatable {
        package let span: Span
        package let replacement: [UInt8]

        package init(_ span: Span, _ replacement: String) { self.init(span, Array(replacement.utf8)) }

        package init(_ span: Span, _ replacement: [UInt8]) {
            self.span = span
            self.replacement = replacement
        }
    }

    /// What the fix does, as an instruction.
    package let title: String
    /// Non-overlapping, ascending.
    package let edits: [Edit]
    package let applicability: Applicability

    package init(title: String, edits: [Edit], applicability: Applicability = .safe) {
        self.title = title
        self.edits = edits
        self.applicability = applicability
    }
}

extension [Fix.Edit] {
    /// The bytes of a file after the edits, which ascend and do not overlap.
    package func applied(to bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var position = 0
        for edit in self {
            result += bytes[position..<Int(edit.span.start)]
            result += edit.replacement
            position = Int(edit.span.end)
        }
        return result + bytes[position...]
    }
}

extension Fix {
    /// A suggestion that writes one name for another wherever it stands; nil where the source does not spell the name
    /// out, as behind an alias or an escape.
    ///
    /// - Parameter spans: with or without the quotes of a quoted scalar; one span more than once, as aliases reach it.
    package static func renaming(_ name: String, to other: String?, at spans: [Span], in file: SourceFile) -> Fix? {
        guard let other, other.utf8.allSatisfy({ $0 >= 0x20 && !"'\"\\".utf8.contains($0) }) else { return nil }
        var previous: Span?
        let once = spans.sorted { ($0.start, $0.end) < ($1.start, $1.end) }.filter { span in
            defer { previous = span }
            return span != previous
        }
        let edits = once.compactMap { span -> Edit? in
            let quote = file.bytes[safely: span].first
            let isQuoted = span.count >= 2 && (quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\""))
            let inner = isQuoted ? Span(span.start + 1, span.end - 1) : span
            return file.text(inner) == name && (isQuoted || other.isPlain) ? Edit(inner, other) : nil
        }
        guard edits.count == once.count, !edits.isEmpty else { return nil }
        return Fix(title: "change `\(name)` to `\(other)`", edits: edits, applicability: .suggestion)
    }
}

extension String {
    /// Whether YAML reads the text without quotes as this text; cautious, and meant for names.
    fileprivate var isPlain: Bool {
        // An alias is a name behind its `*`.
        if first == "*" { return dropFirst().first.map { $0.isASCII && ($0.isLetter || $0.isNumber) } ?? false }
        // A path may say where it starts.
        for start in ["./", "../"] where hasPrefix(start) { return String(dropFirst(start.count)).isPlain }
        guard let first = utf8.first, first | 0x20 >= UInt8(ascii: "a"), first | 0x20 <= UInt8(ascii: "z") else {
            return false
        }
        if ["true", "false", "yes", "no", "on", "off", "null", "y", "n"].contains(lowercased()) { return false }
        return utf8.allSatisfy { byte in
            byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") || "._-/".utf8.contains(byte)
                || byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z")
        }
    }
}

extension [UInt8] {
    /// The bytes of a span as far as they exist.
    fileprivate subscript(safely span: Span) -> ArraySlice<UInt8> {
        let upper = Swift.min(Int(span.end), count)
        return self[Swift.min(Int(span.start), upper)..<upper]
    }
}
