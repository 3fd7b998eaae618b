/// The bounds of what is read (specification 4, "Limits"); each is an option of the command line.
package struct Limits: Sendable {
    /// Bytes of a manifest.
    package var fileBytes = 64 << 20
    /// Levels of nesting.
    package var depth = 100
    /// Nodes that aliases and merge keys add to what the file itself holds.
    package var expandedNodes = 100_000
    /// Bytes of one scalar.
    package var scalarBytes = 10 << 20
    /// Images, projects and services, each once for development and once for every environment.
    package var declarations = 200_000
    /// What all services come to with the layers under them, each once for development and once for every environment.
    package var mergedBytes = 256 << 20

    package init() {}
}
