/// The bytes of one file as they were read, and the name that messages give it.
///
/// Nothing in this module knows how a file came to be read, so that a manifest from standard input, from an editor's
/// buffer and from disk are the same thing to everything after it. It holds text and places in text; meaning does not
/// belong here.
public struct SourceFile: Sendable {
    /// The name shown in messages: the path as the user wrote it, or `<stdin>`.
    public let path: String
    /// The content, unchanged: byte order mark and carriage returns included.
    public let bytes: [UInt8]

    package init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }

    /// The text of a span; bytes that are no UTF-8 become U+FFFD.
    package func text(_ span: Span) -> String {
        let upper = min(Int(span.end), bytes.count)
        let lower = min(Int(span.start), upper)
        return String(decoding: bytes[lower..<upper], as: UTF8.self)
    }
}

/// A place in a file, as diagnostics name it.
package struct Location: Sendable {
    package let file: SourceFile
    package let span: Span

    package init(_ file: SourceFile, _ span: Span) {
        self.file = file
        self.span = span
    }
}
