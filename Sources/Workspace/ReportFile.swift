#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Writes a report to a path that the command line names: a new file, a pipe, a device, or over an earlier report.
///
/// What a file holds is looked at through the descriptor that is written, so that nothing can be put in its place.
///
/// - Parameters:
///   - format: the name of the report's format, for messages.
///   - isReport: whether a file that begins with these bytes, at most 64 KiB, may be replaced.
/// - Throws: when something else stands there, and when the machine refuses.
package func writeReport(
    _ bytes: [UInt8], _ format: String, to path: String, over isReport: ([UInt8]) -> Bool
) throws(SystemFailure) {
    var status = stat()
    guard stat(path, &status) == 0 else {
        guard lstat(path, &status) != 0 else {
            // The file would be made wherever the link says.
            throw SystemFailure(
                "cannot write \(path): it is a symbolic link to nothing; name another file, or remove it")
        }
        try writeFile(bytes, to: path, O_EXCL)
        return
    }
    let isFile = status.st_mode & S_IFMT == S_IFREG
    let descriptor = openRetrying { open(path, (isFile ? O_RDWR : O_WRONLY) | O_CLOEXEC) }
    guard descriptor >= 0 else { throw SystemFailure("write", path) }
    defer { close(descriptor) }
    guard fstat(descriptor, &status) == 0 else { throw SystemFailure("write", path) }
    guard (status.st_mode & S_IFMT == S_IFREG) == isFile else {
        throw SystemFailure("cannot write \(path): something else was put there meanwhile")
    }
    if isFile {
        guard let beginning = beginning(of: descriptor) else { throw SystemFailure("read", path) }
        guard beginning.isEmpty || isReport(beginning) else {
            throw SystemFailure(
                "cannot write \(path): it is there and is no \(format) report of bayplan's; "
                    + "name another file, or remove it")
        }
        guard ftruncate(descriptor, 0) == 0 else { throw SystemFailure("write", path) }
    }
    guard writeAll(descriptor, bytes) else { throw SystemFailure("write", path) }
}

/// Writes a file: where nothing is yet with `O_EXCL`, over whatever is there with `O_TRUNC`.
func writeFile(_ bytes: [UInt8], to path: String, _ flag: Int32) throws(SystemFailure) {
    let descriptor = openRetrying { open(path, O_WRONLY | O_CREAT | O_CLOEXEC | flag, 0o666) }
    guard descriptor >= 0 else { throw SystemFailure("write", path) }
    let isWritten = writeAll(descriptor, bytes)
    let failure = isWritten ? nil : SystemFailure("write", path)
    if close(descriptor) != 0, isWritten { throw SystemFailure("write", path) }
    if let failure { throw failure }
}

/// The first 64 KiB of a file, whose place is the beginning before and afterwards; nil if it cannot be read.
private func beginning(of descriptor: Int32) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: 64 << 10)
    var count = 0
    while count < bytes.count {
        let read = bytes.withUnsafeMutableBytes { buffer in
            buffer.baseAddress.map { pread(descriptor, $0 + count, buffer.count - count, off_t(count)) } ?? 0
        }
        if read < 0, errno == EINTR { continue }
        guard read >= 0 else { return nil }
        if read == 0 { break }
        count += read
    }
    return Array(bytes[..<count])
}
