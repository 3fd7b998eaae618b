import SourceText

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The root: the one folder below which Bayplan reads artifacts and writes.
///
/// This module alone touches the disk. It knows files, folders and the lock; what is written into them is given to it,
/// and nothing of manifests or Compose belongs here.
package final class RootFolder {
    /// How messages write a path from here.
    package let shown: ShownPaths
    /// Nil for a folder that is missing.
    private let handle: FolderHandle?
    /// The folders that were used last, the latest one at the end.
    ///
    /// Few are kept: on some systems a process may have 256 files open, and a workspace has more folders. What is looked
    /// at next mostly lies in one of them.
    private var recent: [(path: WorkspacePath, folder: FolderHandle)] = []
    private static let kept = 16

    /// The folder at which this run has its turn: closing it would end the turn.
    private var turn: FolderHandle?

    /// Opens the root, which must be there.
    package init(_ path: String, shown: ShownPaths = .fromRoot) throws(SystemFailure) {
        self.shown = shown
        handle = try FolderHandle.open(path)
    }

    /// Opens the root to look at; a root that is missing holds nothing.
    package init(lookingAt path: String, shown: ShownPaths = .fromRoot) throws(SystemFailure) {
        self.shown = shown
        handle = Discovery.canonical(path) == nil ? nil : try FolderHandle.open(path)
    }

    /// Opens the root and makes the folders on the way that are missing.
    package init(creating path: String, shown: ShownPaths = .fromRoot) throws(SystemFailure) {
        self.shown = shown
        var prefix = path.hasPrefix("/") ? "/" : ""
        for component in path.split(separator: "/") {
            prefix += (prefix.isEmpty || prefix.hasSuffix("/") ? "" : "/") + component
            if mkdir(prefix, 0o777) != 0, errno != EEXIST { throw SystemFailure("create the folder", prefix) }
        }
        handle = try FolderHandle.open(path)
    }

    /// Waits until no other run writes what this lock lists.
    ///
    /// The folder that holds the lock is what runs take turns at, so that a run that was given a wider root waits for
    /// one that was not. The kernel ends a turn with its process, however that ends: a killed run leaves nothing behind.
    ///
    /// - Parameters:
    ///   - folder: where the lock lies; it is made when it is missing.
    ///   - onWait: is called when another run has its turn.
    package func waitForTurn(in folder: [String], onWait: () -> Void) throws(SystemFailure) {
        guard let handle = try reachedFolder(folder[...], create: true) else { return }
        turn = handle
        if flock(handle.descriptor, LOCK_EX | LOCK_NB) == 0 { return }
        if errno == EWOULDBLOCK { onWait() }
        while flock(handle.descriptor, LOCK_EX) != 0 {
            if errno != EINTR { throw SystemFailure("lock the folder", handle.path) }
        }
    }

    /// Which file stands at a path; nil where no plain file does.
    package func identity(of path: [String]) throws(SystemFailure) -> FileIdentity? {
        guard let name = path.last, case .folder(let folder) = try place(of: path.dropLast(), create: false) else {
            return nil
        }
        var status = stat()
        guard fstatat(folder.descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0,
            status.st_mode & S_IFMT == S_IFREG
        else { return nil }
        return FileIdentity(status)
    }

    /// What stands at a path.
    ///
    /// - Parameter likely: the content that it most likely has: where it does, that copy is given, and no other is made.
    package func state(of path: [String], likely: [UInt8]? = nil) throws(SystemFailure) -> FileState {
        guard let name = path.last else { return .missing }
        let folder: FolderHandle
        switch try place(of: path.dropLast(), create: false) {
        case .folder(let found): folder = found
        case .missing: return .missing
        case .obstacle(let obstacle): return .unreachable(obstacle)
        }
        let descriptor = openRetrying {
            openat(folder.descriptor, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
        }
        if descriptor < 0 {
            if errno == ENOENT || errno == ENAMETOOLONG { return .missing }
            if errno == ELOOP { return .other("a symbolic link") }
            if isSocket(errno) { return .other("a socket") }
            throw SystemFailure("read", shown(path))
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw SystemFailure("read", shown(path)) }
        guard status.st_mode & S_IFMT == S_IFREG else { return .other(kind(of: status)) }
        if status.st_nlink > 1 { return .other("a file with several hard links") }
        let size = Int(status.st_size)
        if let likely, holds(descriptor, likely) { return .file(bytes: likely, FileIdentity(status)) }
        guard let bytes = try readAll(descriptor, sizeHint: size, limit: 128 << 20, path: shown(path)) else {
            return .other("a file of more than 128 MiB")
        }
        return .file(bytes: bytes, FileIdentity(status))
    }

    /// The folder at a path, or nil when it is missing.
    func reachedFolder(_ path: ArraySlice<String>, create: Bool) throws(SystemFailure) -> FolderHandle? {
        switch try place(of: path, create: create) {
        case .folder(let found): return found
        case .missing: return nil
        case .obstacle(let obstacle):
            throw SystemFailure(
                "cannot use \(obstacle.path): it is \(obstacle.kind), and bayplan follows no link below the root")
        }
    }

    func place(of path: ArraySlice<String>, create: Bool) throws(SystemFailure) -> FolderHandle.Place {
        guard var folder = handle else { return .missing }
        // From the longest beginning that is open already.
        let wanted = WorkspacePath(Array(path))
        let longest = recent.indices.filter { wanted.starts(with: recent[$0].path) }
            .max { recent[$0].path.parts.count < recent[$1].path.parts.count }
        var depth = 0
        if let longest {
            let known = recent.remove(at: longest)
            recent.append(known)
            (folder, depth) = (known.folder, known.path.parts.count)
        }
        for (index, name) in path.enumerated().dropFirst(depth) {
            let found = try folder.folder(name, at: shown(Array(path.prefix(index + 1))), create: create)
            guard case .folder(let opened) = found else { return found }
            if recent.count == Self.kept { recent.removeFirst() }
            recent.append((WorkspacePath(Array(path.prefix(index + 1))), opened))
            folder = opened
        }
        return .folder(folder)
    }
}
