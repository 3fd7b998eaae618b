#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// An open folder: every file below it is reached from here, component by component, without following a link.
///
/// The path that leads to the folder itself may hold links: whoever runs Bayplan chose it. Below it a link could lead
/// out of the root, so none is followed.
final class FolderHandle {
    /// What is found where a folder is looked for.
    enum Place {
        case folder(FolderHandle)
        case missing
        /// Something that is no folder, or a link.
        case obstacle(Obstacle)
    }

    let descriptor: Int32
    /// The path for messages.
    let path: String
    /// Whether the folder that was last made sure of in this one was missing: the next one mostly is, too.
    private var wasMissing = false

    private init(descriptor: Int32, path: String) {
        self.descriptor = descriptor
        self.path = path
    }

    deinit { close(descriptor) }

    /// Opens a folder by a path that the user gave.
    static func open(_ path: String) throws(SystemFailure) -> FolderHandle {
        let descriptor = openRetrying { systemOpen(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        guard descriptor >= 0 else { throw SystemFailure("open the folder", path) }
        return FolderHandle(descriptor: descriptor, path: path)
    }

    /// Opens a folder in this one.
    ///
    /// - Parameters:
    ///   - place: its path, for messages; of one that is missing nobody asks.
    ///   - create: whether to make it when it is missing.
    func folder(_ name: String, at place: @autoclosure () -> String, create: Bool) throws(SystemFailure) -> Place {
        func attempt() -> Int32 {
            openRetrying { openat(descriptor, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC) }
        }
        func make() throws(SystemFailure) {
            wasMissing = mkdirat(descriptor, name, 0o777) == 0
            if !wasMissing, errno != EEXIST { throw SystemFailure("create the folder", place()) }
        }
        if create, wasMissing { try make() }
        var found = attempt()
        if found < 0, errno == ENOENT {
            guard create else { return .missing }
            try make()
            found = attempt()
        }
        if found >= 0 { return .folder(FolderHandle(descriptor: found, path: place())) }
        switch errno {
        case ELOOP, ENOTDIR: return .obstacle(Obstacle(name, in: self, at: place()))
        // No file has such a name.
        case ENAMETOOLONG where !create: return .missing
        default: throw SystemFailure("open the folder", place())
        }
    }

    /// Opens a folder in this one by a name of any bytes, as C knows it.
    func folder(bytes name: [CChar], shown: String) throws(SystemFailure) -> FolderHandle {
        let found = openRetrying {
            openat(descriptor, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        }
        if found >= 0 { return FolderHandle(descriptor: found, path: shown) }
        if errno == ELOOP || errno == ENOTDIR {
            throw SystemFailure(
                "cannot use \(shown): it is a symbolic link or no folder, and none is followed below the root")
        }
        throw SystemFailure("open the folder", shown)
    }

    /// Makes what was renamed and deleted in this folder outlast a loss of power.
    func synchronize() throws(SystemFailure) {
        if fsync(descriptor) != 0, !isUnsupported(errno) { throw SystemFailure("save the folder", path) }
    }
}

/// Something that is no folder where one is needed.
package struct Obstacle: Sendable {
    /// Its path as messages write it.
    package let path: String
    /// What it is: `a symbolic link`, `a file`.
    package let kind: String
    /// Where it leads, for a link.
    package let target: String?

    init(_ name: String, in folder: FolderHandle, at path: String) {
        self.path = path
        var status = stat()
        let isKnown = fstatat(folder.descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0
        kind = !isKnown ? "no folder" : status.st_mode & S_IFMT == S_IFREG ? "a file" : Workspace.kind(of: status)
        guard isKnown, status.st_mode & S_IFMT == S_IFLNK else {
            target = nil
            return
        }
        var buffer = [CChar](repeating: 0, count: 4096)
        let count = readlinkat(folder.descriptor, name, &buffer, buffer.count)
        target = count < 0 ? "" : String(decoding: buffer.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

/// Whether a file system that cannot synchronize says so: that is no failure.
func isUnsupported(_ code: Int32) -> Bool { code == EINVAL || code == ENOTSUP || code == EOPNOTSUPP || code == EROFS }

/// Whether opening was refused because a socket stands there: Linux and Darwin say it differently.
func isSocket(_ code: Int32) -> Bool { code == ENXIO || code == EOPNOTSUPP }

/// Calls until it is not interrupted by a signal.
func openRetrying(_ call: () -> Int32) -> Int32 {
    while true {
        let result = call()
        if result >= 0 || errno != EINTR { return result }
    }
}

/// `open`, whose name the methods here hide.
func systemOpen(_ path: String, _ flags: Int32) -> Int32 {
    #if canImport(Glibc)
        return Glibc.open(path, flags)
    #elseif canImport(Musl)
        return Musl.open(path, flags)
    #else
        return Darwin.open(path, flags)
    #endif
}
