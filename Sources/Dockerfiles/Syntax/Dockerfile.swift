import SourceText

/// A Dockerfile as BuildKit reads it: its instructions, with everything that BuildKit refuses collected.
///
/// The module knows what a Dockerfile, a `.dockerignore` and a build context mean to BuildKit, as far as bases, stages,
/// arguments and inputs go. It knows nothing of manifests and looks at no disk.
package struct Dockerfile: Sendable {
    package let source: SourceFile
    /// The frontend that the file asks for: `# syntax=docker/dockerfile:1`.
    package internal(set) var syntax: Spanned<String>?
    /// What joins lines and quotes a character: a backslash unless `# escape=` says otherwise.
    package internal(set) var escape = UInt8(ascii: "\\")
    package internal(set) var lines = JoinedLines()
    package internal(set) var instructions: [Instruction] = []
    /// In the order of their discovery, at most fifty.
    package internal(set) var faults: [SyntaxFault] = []
    /// Whether the instructions are all there; not so when a directive is wrong or a here-document has no end.
    package internal(set) var isWhole = true

    /// Reads any bytes whatever; linear in their number, without recursion.
    package init(_ source: SourceFile) {
        self.source = source
        var reader = DockerfileReader(source.bytes)
        reader.read(into: &self)
    }

    /// Whether this is a Dockerfile at all: whether its first instruction is one that a Dockerfile begins with.
    ///
    /// Whatever a stranger's manifest calls a Dockerfile is read; of what is none, nothing is to be shown.
    package var beginsAsDockerfile: Bool {
        switch instructions.first?.keyword {
        case .from, .arg: true
        default: false
        }
    }

    mutating func report(_ fault: SyntaxFault) {
        if faults.count < SyntaxFault.limit { faults.append(fault) }
    }
}
