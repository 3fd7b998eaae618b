import Diagnostics

/// A named grammar of texts: how it is called in messages, and the test.
///
/// A class, because shapes hand it on at every value: one reference is counted where a value would count each text.
package final class Grammar: Sendable {
    /// With an article: `a tag`, `a duration such as 1m30s`.
    package let name: String
    /// The same as an ECMA-262 regular expression for the JSON Schema, where there is one.
    package let pattern: String?
    /// The code of a text that is refused; nil where that is a wrong type like any other.
    package let code: Code?
    /// What to do about a refused text; empty where the name says it.
    package let help: String
    /// Why a text is refused, or nil for a text of the grammar; linear in its length.
    package let fault: @Sendable (UnsafeBufferPointer<UInt8>) -> TextFault?

    /// Whether it takes every text but those that are too long for anything.
    let takesAnyText: Bool
    /// What a text with variables says, as far as it can be told before they are known.
    let readings: @Sendable (String) -> [VariableReading]

    /// Whether a text is one.
    package func accepts(_ text: UnsafeBufferPointer<UInt8>) -> Bool { fault(text) == nil }

    package init(
        _ name: String, pattern: String? = nil, _ accepts: @escaping @Sendable (UnsafeBufferPointer<UInt8>) -> Bool
    ) {
        self.name = name
        self.pattern = pattern
        code = nil
        help = ""
        takesAnyText = false
        readings = { VariableText($0)?.readings ?? [] }
        fault = { accepts($0) ? nil : TextFault("it is something else") }
    }

    /// A grammar that says what is wrong with a text, under a code of its own.
    package init(
        _ name: String, code: Code, help: String, takesAnyText: Bool = false,
        readings: @escaping @Sendable (String) -> [VariableReading] = { VariableText($0)?.readings ?? [] },
        fault: @escaping @Sendable (UnsafeBufferPointer<UInt8>) -> TextFault?
    ) {
        self.name = name
        pattern = nil
        self.code = code
        self.help = help
        self.takesAnyText = takesAnyText
        self.readings = readings
        self.fault = fault
    }
}

/// Why a text is not of a grammar, and which of its bytes say so.
///
/// What it quotes is not copied before somebody asks for the words: most are made to learn that there is a fault.
package struct TextFault: Error, Sendable {
    /// The bytes at fault; nil for the whole text.
    package let range: Range<Int>?
    private let words: String
    private let quotes: Bool

    package init(_ reason: String, at range: Range<Int>? = nil) {
        self.init(words: reason, range: range, quotes: false)
    }

    /// A fault whose reason begins with the bytes at fault, in backticks.
    package init(quoting range: Range<Int>, _ rest: String) { self.init(words: rest, range: range, quotes: true) }

    private init(words: String, range: Range<Int>?, quotes: Bool) {
        self.words = words
        self.range = range
        self.quotes = quotes
    }

    /// What is wrong with the text in which it was found, without a full stop: ``` `d` is no unit ```.
    package func reason(in text: UnsafeBufferPointer<UInt8>) -> String {
        guard quotes, let range else { return words }
        return "`\(TextScanner(text).string(range))` \(words)"
    }
}
