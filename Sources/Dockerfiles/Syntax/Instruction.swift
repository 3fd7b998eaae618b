import SourceText

/// One instruction of a Dockerfile: what it is and what follows its name.
package struct Instruction: Sendable {
    /// Nil for a name that BuildKit does not know.
    package let keyword: Keyword?
    /// The name in the joined text.
    package let name: Range<Int>
    /// What follows the name in the joined text, without white space around it; here-documents are not part of it.
    package let arguments: Range<Int>
    /// The instruction in the file, continuation lines included.
    package let span: Span
}
