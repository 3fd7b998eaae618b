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
/// out of the root, so none is followed (specification 3, "Writing").
final class FolderHandle {
    let descriptor: Int32
    /// The path for messages.
    let path: String

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
    /// - Parameter create: whether to make it when it is missing.
    /// - Returns: nil when it is missing.
    func folder(_ name: String, create: Bool) throws(SystemFailure) -> FolderHandle? {
        let place = path == "." ? name : path + "/" + name
        func attempt() -> Int32 {
            openRetrying { openat(descriptor, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC) }
        }
        var found = attempt()
        if found < 0, errno == ENOENT {
            guard create else { return nil }
            if mkdirat(descriptor, name, 0o777) != 0, errno != EEXIST {
                throw SystemFailure("create the folder", place)
            }
            found = attempt()
        }
        return try Self.checked(found, place)
    }

    /// Opens a folder in this one by a name of any bytes.
    func folder(bytes name: [UInt8], shown: String) throws(SystemFailure) -> FolderHandle {
        let found = openRetrying {
            openat(descriptor, ContextWalk.terminated(name), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        }
        return try Self.checked(found, shown)
    }

    private static func checked(_ found: Int32, _ place: String) throws(SystemFailure) -> FolderHandle {
        guard found >= 0 else {
            if errno == ELOOP || errno == ENOTDIR {
                throw SystemFailure(
                    "cannot use \(place): it is a symbolic link or no folder, and none is followed below the root")
            }
            throw SystemFailure("open the folder", place)
        }
        return FolderHandle(descriptor: found, path: place)
    }
}

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
