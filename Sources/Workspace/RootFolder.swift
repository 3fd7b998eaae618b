#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The root: the one folder below which Bayplan reads artifacts and writes (specification 5, "The root").
///
/// This module alone touches the disk. It knows files, folders and the lock; what is written into them is given to it,
/// and nothing of manifests or Compose belongs here.
package final class RootFolder {
    /// Nil for a folder that is missing.
    private let handle: FolderHandle?
    /// Folders that were opened, by their path: each is opened once.
    private var folders: [[String]: FolderHandle] = [:]

    /// Opens the root, which must be there.
    package init(_ path: String) throws(SystemFailure) { handle = try FolderHandle.open(path) }

    /// Opens the root to look at; a root that is missing holds nothing.
    package init(lookingAt path: String) throws(SystemFailure) {
        handle = Discovery.canonical(path) == nil ? nil : try FolderHandle.open(path)
    }

    /// Opens the root and makes the folders on the way that are missing.
    package init(creating path: String) throws(SystemFailure) {
        var prefix = path.hasPrefix("/") ? "/" : ""
        for component in path.split(separator: "/") {
            prefix += (prefix.isEmpty || prefix.hasSuffix("/") ? "" : "/") + component
            if mkdir(prefix, 0o777) != 0, errno != EEXIST { throw SystemFailure("create the folder", prefix) }
        }
        handle = try FolderHandle.open(path)
    }

    /// Waits until no other run writes below this root.
    ///
    /// The kernel releases the lock when the process ends, however it ends: a killed run leaves none behind.
    package func waitForTurn() throws(SystemFailure) {
        guard let handle else { return }
        while flock(handle.descriptor, LOCK_EX) != 0 {
            if errno != EINTR { throw SystemFailure("lock the folder", handle.path) }
        }
    }

    /// What stands at a path.
    package func state(of path: [String]) throws(SystemFailure) -> FileState {
        guard let name = path.last, let folder = try folder(path.dropLast(), create: false) else { return .missing }
        let shown = path.joined(separator: "/")
        let descriptor = openRetrying {
            openat(folder.descriptor, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
        }
        if descriptor < 0 {
            if errno == ENOENT { return .missing }
            if errno == ELOOP { return .other("a symbolic link") }
            if errno == ENXIO { return .other("a socket") }
            throw SystemFailure("read", shown)
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw SystemFailure("read", shown) }
        guard status.st_mode & S_IFMT == S_IFREG else { return .other(kind(of: status)) }
        if status.st_nlink > 1 { return .other("a file with several hard links") }
        guard let bytes = try readAll(descriptor, sizeHint: Int(status.st_size), limit: 1 << 30, path: shown) else {
            return .other("a file of more than 1 GiB")
        }
        return .file(bytes: bytes, mode: UInt32(status.st_mode & 0o7777))
    }

    /// Walks a folder below the root; false when it is missing.
    ///
    /// - Parameters:
    ///   - choose: is told each path below the folder, and whether it is a folder.
    ///   - found: is told what was chosen.
    package func walk(
        _ path: [String], choose: (_ path: [UInt8], _ isFolder: Bool) -> WalkChoice,
        found: (FoundEntry) throws(SystemFailure) -> Void
    ) throws(SystemFailure) -> Bool {
        guard let folder = try folder(path[...], create: false) else { return false }
        var walk = ContextWalk(shown: path.joined(separator: "/"))
        try walk.run(folder, choose: choose, found: found)
        return true
    }

    /// The bytes of a file below the root, whatever its mode and links; nil when it is missing.
    ///
    /// - Parameter limit: the greatest size that is read.
    package func contents(of path: [String], limit: Int) throws(SystemFailure) -> [UInt8]? {
        guard let name = path.last, let folder = try folder(path.dropLast(), create: false) else { return nil }
        let shown = path.joined(separator: "/")
        let descriptor = openRetrying {
            openat(folder.descriptor, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
        }
        if descriptor < 0 {
            if errno == ENOENT { return nil }
            if errno == ELOOP {
                throw SystemFailure("cannot read \(shown): it is a symbolic link, and none is followed below the root")
            }
            throw SystemFailure("read", shown)
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw SystemFailure("read", shown) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw SystemFailure("cannot read \(shown): it is \(kind(of: status)), not a file")
        }
        guard let bytes = try readAll(descriptor, sizeHint: Int(status.st_size), limit: limit, path: shown) else {
            throw SystemFailure("\(shown) holds more than \(limit) bytes")
        }
        return bytes
    }

    /// Puts bytes in place of a file, whole or not at all.
    ///
    /// A new file beside the old one is filled and renamed over it, so that no reader and no crash sees half of it.
    ///
    /// - Parameter mode: the permission bits; nil gives a new file those that the umask leaves.
    package func replace(_ path: [String], with bytes: [UInt8], mode: UInt32?, isExecutable: Bool) throws(SystemFailure)
    {
        let shown = path.joined(separator: "/")
        guard let name = path.last, let folder = try folder(path.dropLast(), create: true) else {
            throw SystemFailure("cannot write \(shown): its folder is missing")
        }
        // One name for each target: a run that was killed leaves at most one behind.
        let temporary = Self.temporary(name)
        _ = unlinkat(folder.descriptor, temporary, 0)
        let created: mode_t = isExecutable ? 0o777 : 0o666
        let descriptor = openRetrying {
            openat(folder.descriptor, temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, created)
        }
        guard descriptor >= 0 else { throw SystemFailure("write", shown) }
        var failure: SystemFailure?
        if let mode, fchmod(descriptor, mode_t(mode)) != 0 { failure = SystemFailure("set the mode of", shown) }
        if failure == nil, !writeAll(descriptor, bytes) { failure = SystemFailure("write", shown) }
        if close(descriptor) != 0, failure == nil { failure = SystemFailure("write", shown) }
        if failure == nil, renameat(folder.descriptor, temporary, folder.descriptor, name) != 0 {
            failure = SystemFailure("replace", shown)
        }
        if let failure {
            _ = unlinkat(folder.descriptor, temporary, 0)
            throw failure
        }
    }

    /// Takes away what a run that was killed may have left beside a file.
    package func discardRemains(of path: [String]) throws(SystemFailure) {
        guard let name = path.last, let folder = try folder(path.dropLast(), create: false) else { return }
        _ = unlinkat(folder.descriptor, Self.temporary(name), 0)
    }

    private static func temporary(_ name: String) -> String { ".\(name).bayplan-new" }

    /// Deletes a file.
    package func delete(_ path: [String]) throws(SystemFailure) {
        guard let name = path.last, let folder = try folder(path.dropLast(), create: false) else { return }
        if unlinkat(folder.descriptor, name, 0) != 0, errno != ENOENT {
            throw SystemFailure("delete", path.joined(separator: "/"))
        }
    }

    func folder(_ path: ArraySlice<String>, create: Bool) throws(SystemFailure) -> FolderHandle? {
        if path.isEmpty { return handle }
        let key = Array(path)
        if let known = folders[key] { return known }
        guard let name = path.last, let parent = try folder(path.dropLast(), create: create),
            let opened = try parent.folder(name, create: create)
        else { return nil }
        folders[key] = opened
        return opened
    }
}

/// Writes all bytes; false with `errno` set when the system refuses.
func writeAll(_ descriptor: Int32, _ bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBytes { buffer in
        var offset = 0
        while offset < buffer.count {
            guard let base = buffer.baseAddress else { return true }
            let written = write(descriptor, base + offset, buffer.count - offset)
            if written < 0 {
                if errno == EINTR { continue }
                return false
            }
            offset += written
        }
        return true
    }
}
