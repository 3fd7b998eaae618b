import SourceText

/// Something in a Dockerfile that BuildKit refuses.
package struct SyntaxFault: Sendable {
    /// What is wrong; one line without a full stop.
    package let message: String
    package let span: Span
    /// What the place itself is.
    package let label: String
    package let help: [String]

    package init(_ message: String, at span: Span, _ label: String, help: [String] = []) {
        self.message = message
        self.span = span
        self.label = label
        self.help = help
    }

    /// How many of one file are kept: a file that is no Dockerfile at all has one in each line.
    static let limit = 50
}
