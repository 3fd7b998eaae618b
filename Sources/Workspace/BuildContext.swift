import SourceText

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What a build context is read through: every file below a folder, and single files of any size and mode.
extension RootFolder {
    /// Walks a folder below the root; false when it is missing.
    ///
    /// - Parameters:
    ///   - choose: is told each path below the folder, and whether it is a folder.
    ///   - found: is told what was chosen.
    ///   - digests: what looks before have found; nil where every file is read.
    package func walk(
        _ path: [String], digests: KnownDigests? = nil, choose: (_ path: [UInt8], _ isFolder: Bool) -> WalkChoice,
        found: (FolderEntry) throws(SystemFailure) -> Void
    ) throws(SystemFailure) -> Bool {
        try refuseGitFolder(path)
        guard let folder = try reachedFolder(path[...], create: false) else { return false }
        var walk = ContextWalk(shown: shown(path), digests: digests)
        try walk.run(folder, choose: choose, found: found)
        return true
    }

    /// A context may hold git's folder, which is then sent like everything; nothing is looked for in it.
    private func refuseGitFolder(_ path: [String]) throws(SystemFailure) {
        if path.contains(where: { WorkspacePath.isGitFolder($0) }) {
            throw SystemFailure("cannot read \(shown(path)): it lies in git's own folder")
        }
    }

    /// The bytes of a file below the root, whatever its mode and links; nil when it is missing.
    ///
    /// - Parameter limit: the greatest size that is read.
    package func contents(of path: [String], limit: Int) throws(SystemFailure) -> [UInt8]? {
        try refuseGitFolder(path)
        guard let name = path.last, let folder = try reachedFolder(path.dropLast(), create: false) else { return nil }
        let descriptor = openRetrying {
            openat(folder.descriptor, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
        }
        if descriptor < 0 {
            if errno == ENOENT { return nil }
            if errno == ELOOP {
                throw SystemFailure(
                    "cannot read \(shown(path)): it is a symbolic link, and none is followed below the root")
            }
            throw SystemFailure("read", shown(path))
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw SystemFailure("read", shown(path)) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw SystemFailure("cannot read \(shown(path)): it is \(kind(of: status)), not a file")
        }
        guard let bytes = try readAll(descriptor, sizeHint: Int(status.st_size), limit: limit, path: shown(path)) else {
            throw SystemFailure("\(shown(path)) holds more than \(limit) bytes")
        }
        return bytes
    }
}
