import SourceText

/// What a syntax error says, and where.
struct SyntaxFault {
    let message: String
    /// What is wrong, and what is said of it.
    let span: Span
    let label: String
    /// Where libyaml noticed it, if that helps.
    var also: (span: Span, label: String)?
    let help: [String]
}

/// Faults that libyaml notices only on a later line: what lacks its colon goes on as one text until another colon comes.
extension TreeBuilder {
    /// What is wrong in front of the place at which libyaml gave up; nil where the fault is at that place.
    ///
    /// - Parameters:
    ///   - place: where it gave up.
    ///   - context: where what it was reading begins, if it says that.
    func earlierFault(_ problem: String, at place: Int, context: Int?) -> SyntaxFault? {
        switch problem {
        case "could not find expected ':'": context.map(unfinishedEntry)
        case "mapping values are not allowed in this context": swallowedLine(above: place).map(unfinishedEntry)
        case "did not find expected ',' or ']'", "did not find expected ',' or '}'":
            openQuote(before: place) ?? openBracket(context, before: place)
        case "did not find expected key", "did not find expected '-' indicator",
            "did not find expected <document start>":
            openQuote(before: place) ?? entryBeforeComment(before: place)
        default: nil
        }
    }

    /// An entry that lacks its colon, the blank behind that, or the blank behind a dash.
    private func unfinishedEntry(at start: Int) -> SyntaxFault {
        let text = content(ofLineAt: start)[start...]
        let span = Span(UInt32(start), UInt32(max(text.endIndex, min(start + 1, bytes.count))))
        if text.first == UInt8(ascii: "-"), text.count > 1 {
            return SyntaxFault(
                message: "an item of a list without a blank behind `-`", span: span,
                label: "YAML reads this as one text",
                help: ["put a blank behind the `-`"])
        }
        let key = text.prefix { byte in
            byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
                || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF)
        }
        if !key.isEmpty, text[key.endIndex...].first == UInt8(ascii: ":"),
            !text[key.endIndex...].starts(with: "://".utf8)
        {
            return SyntaxFault(
                message: "a `:` without a blank behind it", span: span, label: "YAML reads this as one text",
                help: ["put a blank behind the `:`"])
        }
        return SyntaxFault(
            message: "a key without `:`", span: span, label: "no colon follows it", help: ["write `key: value`"])
    }

    /// Where the text begins that has taken in the key in front of this colon: lines above it that hold no entry.
    private func swallowedLine(above colon: Int) -> Int? {
        var line = lineStart(of: colon)
        guard !holdsEntry(bytes[line..<colon]) else { return nil }
        var first: Int?
        while line > 0 {
            line = lineStart(of: line - 1)
            let text = content(ofLineAt: line)
            let start = firstOfEntry(text)
            guard start < text.endIndex else {
                // A blank line is part of a text, a comment ends it.
                if isComment(line) { break }
                continue
            }
            if start == line, text.starts(with: "---".utf8) || text.starts(with: "...".utf8) { break }
            if holdsEntry(text[start...]) {
                // What is indented deeper goes on with a value that stands behind its key.
                guard let first, indentation(of: first) > indentation(of: start) else { break }
                return text.last == UInt8(ascii: ":") ? first : nil
            }
            // What begins otherwise has an end of its own.
            if "\"'[{|>&*!%@`?".utf8.contains(text[start]) { return nil }
            first = start
        }
        return first
    }

    /// A key that lacks its colon in front of a comment, which ends the text that it otherwise is: another key follows it.
    private func entryBeforeComment(before place: Int) -> SyntaxFault? {
        guard let last = tree.nodes.last, last.kind == .scalar, last.style == .plain, last.span.count > 0 else {
            return nil
        }
        let (start, line) = (Int(last.span.start), lineStart(of: place))
        guard start < line, lineStart(of: start) != line else { return nil }
        let own = lineStart(of: start)
        guard bytes[own..<start].allSatisfy({ $0 == 0x20 || $0 == UInt8(ascii: "-") }) else { return nil }
        let next = firstOfEntry(bytes[line..<max(place, line)])
        guard open.isEmpty || indentation(of: start) == next - line else { return nil }
        return unfinishedEntry(at: start)
    }

    /// A quote that was meant to be closed, and that another one closes; or text behind a closing quote.
    private func openQuote(before place: Int) -> SyntaxFault? {
        guard let last = tree.nodes.last, last.kind == .scalar,
            last.style == .doubleQuoted || last.style == .singleQuoted
        else { return nil }
        let (start, end) = (Int(last.span.start), Int(last.span.end))
        guard end <= place, start < end, lineStart(of: end) == lineStart(of: place) else { return nil }
        let here = Span(UInt32(place), UInt32(min(place + 1, bytes.count)))
        if lineStart(of: start) != lineStart(of: end) {
            return SyntaxFault(
                message: "this quote is not closed on its line", span: Span(UInt32(start), UInt32(start + 1)),
                label: "the text begins here", also: (here, "and another quote ends it in front of this"),
                help: ["close the quote on this line"])
        }
        guard end == place else { return nil }
        return SyntaxFault(
            message: "text stands behind the quote that ends a value", span: here,
            label: "the quote in front of this is the last one of the value",
            help: ["write a quote inside single quotes twice, and inside double quotes behind `\\`"])
    }

    /// A bracket whose content would go on with the next key of what is around it.
    private func openBracket(_ context: Int?, before place: Int) -> SyntaxFault? {
        guard let context, place < bytes.count, bytes[place] == UInt8(ascii: ":"),
            lineStart(of: context) != lineStart(of: place)
        else { return nil }
        let isList = bytes[context] == UInt8(ascii: "[")
        return SyntaxFault(
            message: isList ? "a list in brackets is not closed" : "a mapping in braces is not closed",
            span: Span(UInt32(context), UInt32(context + 1)),
            label: isList ? "the list begins here" : "the mapping begins here",
            also: (Span(UInt32(place), UInt32(place + 1)), "this is read as part of it"),
            help: [isList ? "close the list with `]`" : "close the mapping with `}`"])
    }

    // MARK: Lines

    private func lineStart(of offset: Int) -> Int {
        var start = min(offset, bytes.count)
        while start > 0, bytes[start - 1] != 0x0A { start -= 1 }
        return start
    }

    /// What stands on the line from a place on, without a comment and blanks at its end.
    private func content(ofLineAt offset: Int) -> UnsafeBufferPointer<UInt8>.SubSequence {
        var end = offset
        while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D {
            if bytes[end] == UInt8(ascii: "#"), end == 0 || bytes[end - 1] <= 0x20 { break }
            end += 1
        }
        while end > offset, bytes[end - 1] <= 0x20 { end -= 1 }
        return bytes[offset..<end]
    }

    private func isComment(_ line: Int) -> Bool {
        var offset = line
        while offset < bytes.count, bytes[offset] == 0x20 || bytes[offset] == 0x09 { offset += 1 }
        return offset < bytes.count && bytes[offset] == UInt8(ascii: "#")
    }

    /// Where a line's own text begins: behind its indentation and the dashes of lists.
    private func firstOfEntry(_ text: UnsafeBufferPointer<UInt8>.SubSequence) -> Int {
        var offset = text.startIndex
        while offset < text.endIndex {
            let isDash =
                text[offset] == UInt8(ascii: "-") && offset + 1 < text.endIndex && text[offset + 1] == 0x20
            guard text[offset] == 0x20 || text[offset] == 0x09 || isDash else { break }
            offset += 1
        }
        return offset
    }

    /// Whether a key with its colon stands in a text.
    private func holdsEntry(_ text: UnsafeBufferPointer<UInt8>.SubSequence) -> Bool {
        text.indices.contains { offset in
            text[offset] == UInt8(ascii: ":")
                && (offset + 1 == text.endIndex || text[offset + 1] == 0x20 || text[offset + 1] == 0x09)
        }
    }

    private func indentation(of offset: Int) -> Int { offset - lineStart(of: offset) }
}
