/// One emitted file: where it goes and what it holds.
///
/// Everything in this module is a pure function of the plan: it returns artifacts, and one writer elsewhere writes
/// them. No file, clock, environment or locale is looked at.
package struct Artifact: Sendable {
    /// The components of its path from the root.
    package let path: [String]
    package let bytes: [UInt8]
    package let isExecutable: Bool
    /// The project that it belongs to; nil for the workspace's own.
    package let project: String?
    /// The environment that it belongs to; nil for development's and the workspace's own.
    package let environment: String?

    package init(
        path: [String], bytes: [UInt8], isExecutable: Bool = false, project: String? = nil, environment: String? = nil
    ) {
        self.path = path
        self.bytes = bytes
        self.isExecutable = isExecutable
        self.project = project
        self.environment = environment
    }

    /// The path as one text.
    package var name: String { path.joined(separator: "/") }
}
