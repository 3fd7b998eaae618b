import SourceText

/// The bounds of what is read; each is an option of the command line.
package struct Limits: Sendable {
    /// Bytes of a manifest.
    package var fileBytes = 64 << 20
    /// Levels of nesting.
    package var depth = 100
    /// Nodes that aliases and merge keys add to what the file itself holds.
    package var expandedNodes = 100_000
    /// Bytes of one scalar.
    package var scalarBytes = 10 << 20
    /// Images, projects and services, each once for development and once for every environment, which is as much as forty more.
    package var declarations = 200_000
    /// What all services come to with the layers under them, each once for development and once for every environment;
    /// nil is as many as the file's length lets one expect.
    package var mergedBytes: Int?

    package init() {}

    /// The bytes that the services of a file may come to: without a stated limit sixteen times the file's, at least
    /// 64 MiB and at most 256, so that a small file costs little.
    package func mergedBytes(of source: SourceFile) -> Int {
        mergedBytes ?? max(64 << 20, min(16 * source.bytes.count, 256 << 20))
    }
}
