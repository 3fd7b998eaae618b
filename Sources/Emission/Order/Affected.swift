/// What a change reaches: images, each with the reason why, and the services that run them.
package struct Affected: Sendable {
    package enum Reason: Sendable, Equatable {
        /// A path that is sent to its build.
        case context(String)
        case dockerfile(String)
        /// The file that decides what is sent.
        case ignoreFile(String)
        /// What the manifest says of its build.
        case manifest
        /// A base that is affected: its build.
        case base(Int)
        /// It may be: its inputs cannot be told.
        case unknown(String)
    }

    /// By build, in build order.
    package var builds: [(build: Int, reason: Reason)] = []

    package init() {}
}
