import Diagnostics

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What the machine refused: the path, what was tried and the system's reason.
///
/// A fault of the machine is thrown; a fault of the user's is a diagnostic.
package struct SystemFailure: Error, Sendable {
    /// What a terminal can be shown: names of files may hold anything.
    package let message: String

    package init(_ message: String) { self.message = visible(message) }

    /// The failure of the last system call.
    init(_ action: String, _ path: String) {
        self.init("cannot \(action) \(path): \(String(cString: strerror(errno)))")
    }
}
