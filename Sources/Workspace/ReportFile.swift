#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Writes a report to a path that the command line names: a file, which is replaced, or a pipe or device.
package func writeReport(_ bytes: [UInt8], to path: String) throws(SystemFailure) {
    let descriptor = openRetrying { open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666) }
    guard descriptor >= 0 else { throw SystemFailure("write", path) }
    let isWritten = writeAll(descriptor, bytes)
    let failure = isWritten ? nil : SystemFailure("write", path)
    if close(descriptor) != 0, isWritten { throw SystemFailure("write", path) }
    if let failure { throw failure }
}
