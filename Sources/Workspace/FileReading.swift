#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What stands at a path below the root.
package enum FileState: Sendable {
    case missing
    /// A regular file: its bytes and which file it is.
    case file(bytes: [UInt8], FileIdentity)
    /// Something that Bayplan never replaces, in words: `a folder`, `a symbolic link`.
    case other(String)
    /// A folder on the way is none, or a link, and none is followed below the root.
    case unreachable(Obstacle)
}

/// Which file it is and since when it has not changed, as far as the system tells.
package struct FileIdentity: Hashable, Sendable {
    /// The permission bits.
    package let mode: UInt32
    private let number: UInt64
    private let size: Int64
    private let seconds: Int
    private let nanoseconds: Int

    init(_ status: stat) {
        mode = UInt32(status.st_mode & 0o7777)
        number = UInt64(status.st_ino)
        size = Int64(status.st_size)
        #if canImport(Darwin)
            (seconds, nanoseconds) = (status.st_mtimespec.tv_sec, status.st_mtimespec.tv_nsec)
        #else
            (seconds, nanoseconds) = (status.st_mtim.tv_sec, status.st_mtim.tv_nsec)
        #endif
    }
}

/// Reads an open file to its end; nil when there is more than the limit.
func readAll(_ descriptor: Int32, sizeHint: Int, limit: Int, path: String) throws(SystemFailure) -> [UInt8]? {
    var bytes: [UInt8] = []
    var failed = false
    let first = min(max(sizeHint, 0), limit) + 1
    var room = first
    while true {
        var got = 0
        let start = bytes.count
        bytes.append(contentsOf: repeatElement(0, count: room))
        bytes.withUnsafeMutableBytes { buffer in
            guard let base = buffer.baseAddress else { return }
            while true {
                got = read(descriptor, base + start, room)
                if got >= 0 { break }
                if errno != EINTR {
                    failed = true
                    break
                }
            }
        }
        if failed { throw SystemFailure("read", path) }
        bytes.removeLast(room - got)
        if got == 0 { return bytes }
        if bytes.count > limit { return nil }
        // A file of the size that was told leaves one byte of room, in which the next read finds its end.
        room = bytes.count < first ? first - bytes.count : 65536
    }
}

/// Whether two contents are the same.
package func isSame(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    guard left.count == right.count else { return false }
    return left.withUnsafeBytes { left in
        right.withUnsafeBytes { right in
            guard let left = left.baseAddress, let first = right.baseAddress else { return true }
            return memcmp(left, first, right.count) == 0
        }
    }
}

/// Reads a file that the user named; links are followed, but a folder, a pipe or a device is no manifest.
///
/// - Returns: nil when it holds more than the limit.
package func readFile(_ path: String, limit: Int) throws(SystemFailure) -> [UInt8]? {
    // Opening a pipe would wait for its other end: O_NONBLOCK does not.
    let descriptor = openRetrying { systemOpen(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK) }
    guard descriptor >= 0 else { throw SystemFailure("read", path) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw SystemFailure("read", path) }
    guard status.st_mode & S_IFMT == S_IFREG else {
        throw SystemFailure("cannot read \(path): it is \(kind(of: status)), not a file")
    }
    return try readAll(descriptor, sizeHint: Int(status.st_size), limit: limit, path: path)
}

/// Reads standard input to its end; nil when it holds more than the limit.
package func readStandardInput(limit: Int) throws(SystemFailure) -> [UInt8]? {
    try readAll(0, sizeHint: 65536, limit: limit, path: "standard input")
}

func kind(of status: stat) -> String {
    switch status.st_mode & S_IFMT {
    case S_IFDIR: "a folder"
    case S_IFLNK: "a symbolic link"
    case S_IFIFO: "a pipe"
    case S_IFSOCK: "a socket"
    case S_IFCHR, S_IFBLK: "a device"
    default: "no regular file"
    }
}
