/// Where a scalar stands in the emitted document.
package enum ScalarPosition: Sendable {
    /// After `key:` in a block mapping.
    case blockValue
    /// After `-` in a block sequence.
    case sequenceItem
    /// A key of a block mapping; what breaks it as a key in braces is quoted too.
    case key
    /// Between brackets.
    case flow
}

/// How a text is written so that every reader reads exactly this string.
package enum ScalarForm: Equatable, Sendable {
    case plain, singleQuoted, doubleQuoted, literal
}

/// Decides how a string is written.
///
/// The readers are PyYAML, libyaml, go-yaml v3 and v4, and the core schema of YAML 1.2; each condition is one that
/// at least one of them was seen to fail. Plain where all agree; otherwise double quotes, or single quotes where
/// those need no escape and double quotes would; a literal block for text of several lines.
package enum ScalarQuoting {
    package static func form(of text: UnsafeBufferPointer<UInt8>, at position: ScalarPosition) -> ScalarForm {
        guard let first = text.first else { return .doubleQuoted }
        var found = Findings()
        switch CharacterClasses.first[Int(first)] {
        case CharacterClasses.free: break
        case CharacterClasses.mayResolve: found.mustQuote = isResolvedBySomeReader(text)
        case CharacterClasses.dash:
            found.mustQuote = text.count == 1 || text[1] == 0x20 || isResolvedBySomeReader(text)
        case CharacterClasses.mark:
            found.mustQuote = text.count == 1 || text[1] == 0x20
            found.mustQuoteInFlow = true
        default: found.mustQuote = true
        }
        inspect(text, &found)
        if position == .key, found.mustQuoteAsKey || beginsLikeDocumentMarker(text) { found.mustQuote = true }

        if found.needsEscape { return .doubleQuoted }
        if found.hasNewline {
            let isBlock = position == .blockValue || position == .sequenceItem
            return isBlock && !found.prefersEscape && isExactAsLiteral(text) ? .literal : .doubleQuoted
        }
        let isFlow = position == .flow || position == .key
        guard found.mustQuote || found.hasTab || isFlow && found.mustQuoteInFlow else { return .plain }
        return found.hasTab || found.prefersEscape ? .doubleQuoted : quotes(for: text)
    }

    /// What one pass over a text finds.
    private struct Findings {
        var mustQuote = false
        var mustQuoteInFlow = false
        var mustQuoteAsKey = false
        var hasNewline = false
        var hasTab = false
        /// A character that only an escape carries through every reader.
        var needsEscape = false
        /// A byte order mark: readers agree on it inside plain text, people cannot see it inside quotes.
        var prefersEscape = false
    }

    @inline(__always)
    private static func inspect(_ text: UnsafeBufferPointer<UInt8>, _ found: inout Findings) {
        CharacterClasses.inside.withUnsafeBufferPointer { classes in
            var index = 0
            while index < text.count {
                let kind = classes[Int(text[index])]
                if kind != CharacterClasses.ordinary { note(kind, at: index, in: text, &found) }
                index += 1
            }
        }
    }

    private static func note(
        _ kind: UInt8, at index: Int, in text: UnsafeBufferPointer<UInt8>, _ found: inout Findings
    ) {
        switch kind {
        case CharacterClasses.space:
            if index + 1 == text.count { found.mustQuote = true }
        case CharacterClasses.colon:
            if index + 1 == text.count || text[index + 1] == 0x20 { found.mustQuote = true }
        case CharacterClasses.hash:
            if index > 0, text[index - 1] == 0x20 { found.mustQuote = true }
        case CharacterClasses.flowIndicator: found.mustQuoteInFlow = true
        case CharacterClasses.tab: found.hasTab = true
        case CharacterClasses.newline: found.hasNewline = true
        case CharacterClasses.control: found.needsEscape = true
        default:
            if isByteOrderMark(text, index) {
                found.prefersEscape = true
                // A key can begin a file, where it would not be text.
                if index == 0 { found.mustQuoteAsKey = true }
            } else if ScalarEscaping.escapedScalar(text, index) != nil {
                found.needsEscape = true
            }
        }
    }

    private static func isByteOrderMark(_ text: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
        index + 2 < text.count && text[index] == 0xEF && text[index + 1] == 0xBB && text[index + 2] == 0xBF
    }

    /// `---` and `...` before a blank end a document at the first column.
    private static func beginsLikeDocumentMarker(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard text.count > 3, text[3] == 0x20 else { return false }
        return text.prefix(3).elementsEqual("---".utf8) || text.prefix(3).elementsEqual("...".utf8)
    }

    /// Single quotes for text with `"` or `\` and no apostrophe: nothing in it needs an escape then.
    private static func quotes(for text: UnsafeBufferPointer<UInt8>) -> ScalarForm {
        var wouldEscape = false
        for byte in text {
            if byte == UInt8(ascii: "'") { return .doubleQuoted }
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { wouldEscape = true }
        }
        return wouldEscape ? .singleQuoted : .doubleQuoted
    }

    /// Whether a literal block carries the text, given that nothing in it needs an escape: its last line must show
    /// something, or whoever strips trailing blanks would change it.
    private static func isExactAsLiteral(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var index = text.count
        while index > 0, text[index - 1] == 0x0A { index -= 1 }
        while index > 0, text[index - 1] != 0x0A {
            if text[index - 1] != 0x20, text[index - 1] != 0x09 { return true }
            index -= 1
        }
        return false
    }
}
