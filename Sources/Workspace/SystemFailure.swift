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
    package let message: String

    package init(_ message: String) { self.message = message }

    /// The failure of the last system call.
    init(_ action: String, _ path: String) {
        message = "cannot \(action) \(path): \(String(cString: strerror(errno)))"
    }
}
