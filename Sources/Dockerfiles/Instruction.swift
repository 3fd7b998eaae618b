import SourceText

/// One instruction of a Dockerfile: its name and what follows it.
///
/// The module knows what a Dockerfile, a `.dockerignore` and a build context mean to BuildKit, as far as bases, stages,
/// arguments and inputs go. It knows nothing of manifests and looks at no disk.
package struct Instruction: Sendable {
    /// The instruction's name in upper case.
    package let name: String
    /// The bytes of the instruction, continuation lines included.
    package let span: Span
}
