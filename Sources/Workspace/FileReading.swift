import SourceText

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
///
/// - Parameter sizeHint: how long the file says it is; of one that is too long nothing is read.
func readAll(
    _ descriptor: Int32, sizeHint: Int, limit: Int, path: @autoclosure () -> String
) throws(SystemFailure) -> [UInt8]? {
    if sizeHint > limit { return nil }
    var bytes: [UInt8] = []
    // A file of the size that was told leaves one byte of room, in which the next read finds its end.
    var room = max(sizeHint, 0) + 1
    while true {
        var failed = false
        let part = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
            guard let base = buffer.baseAddress else { return }
            while count < room {
                let got = read(descriptor, base + count, room - count)
                if got > 0 { count += got }
                failed = got < 0 && errno != EINTR
                if got == 0 || failed { return }
            }
        }
        if failed { throw SystemFailure("read", path()) }
        if bytes.isEmpty { bytes = part } else { bytes += part }
        if bytes.count > limit { return nil }
        if part.count < room { return bytes }
        room = 65536
    }
}

/// Whether an open file holds these bytes and no more, from its beginning; nothing is moved on in it.
///
/// It is read part by part. What cannot be read is not the same.
func holds(_ descriptor: Int32, _ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBytes { bytes in
        withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 1) { part in
            var offset = 0
            while true {
                let got = pread(descriptor, part.baseAddress, part.count, off_t(offset))
                if got < 0, errno == EINTR { continue }
                guard got >= 0, offset + got <= bytes.count else { return false }
                if got == 0 { return offset == bytes.count }
                guard let read = part.baseAddress, let expected = bytes.baseAddress,
                    memcmp(read, expected + offset, got) == 0
                else { return false }
                offset += got
            }
        }
    }
}

/// Whether two contents are the same.
package func isSame(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    guard left.count == right.count else { return false }
    return left.withUnsafeBytes { left in
        right.withUnsafeBytes { right in
            guard let left = left.baseAddress, let first = right.baseAddress else { return true }
            return left == first || memcmp(left, first, right.count) == 0
        }
    }
}

/// Reads a manifest that the user named; a folder, a pipe or a device is none.
///
/// Findings show lines of what is read here, and whoever brings a checkout may have put a link in it: one is followed
/// only to a file that lies below the root, not in git's folder, and has a name that YAML has.
///
/// - Parameter root: the stated root; nil is the repository that holds the file, or else its folder.
/// - Returns: nil when it holds more than the limit.
package func readManifest(_ path: String, below root: String?, limit: Int) throws(SystemFailure) -> [UInt8]? {
    var descriptor = openedToRead(path, O_NOFOLLOW)
    if descriptor < 0, errno == ELOOP { descriptor = openedToRead(try linkedManifest(path, below: root), O_NOFOLLOW) }
    if descriptor < 0, errno == ENOENT {
        throw SystemFailure(SystemFailure("read", path).message + Discovery.manifestInstead(of: path))
    }
    return try readFile(path, at: descriptor, limit: limit) { status throws(SystemFailure) in
        // What the kernel makes up is no file either, and tells of processes and their environment.
        var kernel = stat()
        if status.st_size == 0, stat("/proc/self", &kernel) == 0, kernel.st_dev == status.st_dev {
            throw SystemFailure("cannot read \(path): it is no file of a disk, but tells of a process")
        }
    }
}

/// Reads a file that Bayplan itself looks for, through links; nil when it holds more than the limit.
func readFile(_ path: String, limit: Int) throws(SystemFailure) -> [UInt8]? {
    try readFile(path, at: openedToRead(path, 0), limit: limit) { _ in }
}

/// Reads the first bytes of a regular file, through links: enough to tell whose it is.
func readBeginning(of path: String) throws(SystemFailure) -> [UInt8] {
    let descriptor = openedToRead(path, 0)
    guard descriptor >= 0 else { throw SystemFailure("read", path) }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = openRetrying { Int32(read(descriptor, &bytes, bytes.count)) }
    guard count >= 0 else { throw SystemFailure("read", path) }
    // More than this, and none of it a manifest's: it is told when it is read whole.
    return count < bytes.count ? Array(bytes.prefix(Int(count))) : []
}

/// Opening a pipe would wait for its other end: `O_NONBLOCK` does not.
private func openedToRead(_ path: String, _ flags: Int32) -> Int32 {
    openRetrying { systemOpen(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | flags) }
}

/// Reads an opened regular file, and closes it.
///
/// - Parameter refuse: looks at what it is before it is read.
private func readFile(
    _ path: String, at descriptor: Int32, limit: Int, _ refuse: (stat) throws(SystemFailure) -> Void
) throws(SystemFailure) -> [UInt8]? {
    guard descriptor >= 0 else {
        let isMissing = errno == ENOENT
        let failure = SystemFailure("read", path)
        throw isMissing ? SystemFailure(failure.message + Discovery.suggestion(for: path)) : failure
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw SystemFailure("read", path) }
    guard status.st_mode & S_IFMT == S_IFREG else {
        throw SystemFailure("cannot read \(path): it is \(kind(of: status)), not a file")
    }
    try refuse(status)
    return try readAll(descriptor, sizeHint: Int(status.st_size), limit: limit, path: path)
}

/// Where a link leads to that is named as a manifest.
private func linkedManifest(_ path: String, below root: String?) throws(SystemFailure) -> String {
    guard let target = Discovery.canonical(path) else { throw SystemFailure("read", path) }
    let slash = path.lastIndex(of: "/")
    let folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    guard let place = Discovery.canonical(folder),
        let bound = root.map({ Discovery.canonical($0) }) ?? Discovery.checkoutTop(of: place) ?? place
    else { throw SystemFailure("read", path) }
    guard let components = Discovery.components(from: bound, to: target) else {
        throw SystemFailure(
            "cannot read \(path): it is a symbolic link to a file outside \(root ?? bound), and a manifest may not lead "
                + "there; name the file itself, or widen the root with `--root`")
    }
    if components.contains(where: { WorkspacePath.isGitFolder($0) }) {
        throw SystemFailure("cannot read \(path): it is a symbolic link into git's own folder")
    }
    guard components.last.map(WorkspacePath.isYAML) ?? false else {
        throw SystemFailure(
            "cannot read \(path): it is a symbolic link to a file whose name does not end in `.yaml` or `.yml`")
    }
    return target
}

/// Reads standard input to its end; nil when it holds more than the limit.
package func readStandardInput(limit: Int) throws(SystemFailure) -> [UInt8]? {
    try readAll(0, sizeHint: min(65536, limit), limit: limit, path: "standard input")
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
