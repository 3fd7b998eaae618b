import SourceText

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What stands at a path that is only looked at.
package enum Sight: Sendable {
    case missing
    case folder
    case file([UInt8])
    /// Something that is not read, in words: `a symbolic link`, `larger than 1 MiB`.
    case other(String)
}

extension RootFolder {
    /// What lies below `.git`, in words.
    private static let inGitFolder = "in git's own folder"

    /// Looks at a path below the root; nothing that is found there makes it fail, block or leave the root.
    ///
    /// - Parameter limit: the bytes of the largest file that is read.
    package func look(at path: [String], limit: Int) -> Sight {
        guard let name = path.last else { return .folder }
        if path.contains(where: { WorkspacePath.isGitFolder($0) }) { return .other(Self.inGitFolder) }
        let parent: FolderHandle?
        do { parent = try reachedFolder(path.dropLast(), create: false) } catch {
            return .other("behind a symbolic link or what cannot be opened")
        }
        guard let parent else { return .missing }
        // Opening a pipe would wait for its other end: O_NONBLOCK does not.
        let descriptor = openRetrying {
            openat(parent.descriptor, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
        }
        if descriptor < 0 {
            switch errno {
            case ENOENT: return .missing
            case ELOOP: return .other("a symbolic link")
            case let code where isSocket(code): return .other("a socket")
            default: return .other("a file that cannot be opened (\(String(cString: strerror(errno))))")
            }
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return .other("a file that cannot be read") }
        if status.st_mode & S_IFMT == S_IFDIR { return .folder }
        guard status.st_mode & S_IFMT == S_IFREG else { return .other(kind(of: status)) }
        do {
            let bytes = try readAll(descriptor, sizeHint: Int(status.st_size), limit: limit, path: shown(path))
            return bytes.map { .file($0) } ?? .other("a file of more than \(limit) bytes")
        } catch { return .other("a file that cannot be read") }
    }

    /// Whether a folder is there and holds something else than entries of these names.
    ///
    /// - Parameter names: is asked for once, where the folder holds anything.
    package func holdsMore(than names: @autoclosure () -> Set<String>, in path: [String]) -> Bool {
        lazy var own = names()
        var holdsMore = false
        eachName(in: path) {
            holdsMore = !own.contains($0)
            return !holdsMore
        }
        return holdsMore
    }

    /// The names of what lies in a folder, sorted by their bytes; empty when it is not there or cannot be read.
    package func names(in path: [String]) -> [String] {
        if path.contains(where: { WorkspacePath.isGitFolder($0) }) { return [] }
        var names: [String] = []
        eachName(in: path) {
            names.append($0)
            return true
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// Goes through the names in a folder until the body returns false.
    private func eachName(in path: [String], _ body: (String) -> Bool) {
        guard let folder = try? reachedFolder(path[...], create: false) else { return }
        let copy = openRetrying { openat(folder.descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        guard copy >= 0 else { return }
        guard let stream = fdopendir(copy) else {
            close(copy)
            return
        }
        defer { closedir(stream) }
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != "..", !body(name) { return }
        }
    }
}
