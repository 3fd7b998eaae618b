#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

import SourceText

/// What a walk does with an entry before it is read.
package enum WalkChoice: Sendable {
    /// It is reported, and a folder is entered.
    case take
    /// It is not reported, but a folder is entered.
    case pass
    /// Neither.
    case leave
}

/// Walks a folder without following any link, names in the order of their bytes, a folder before what lies in it.
///
/// A stack of open folders takes the place of recursion; each is opened from the one above, so that nothing that moves
/// meanwhile leads out of the root.
struct ContextWalk {
    /// How many entries a walk reads before it gives up.
    static let entryLimit = 5_000_000
    /// How deep folders may be nested: each level costs an open file.
    static let depthLimit = 200

    private struct Level {
        let folder: FolderHandle
        let path: [UInt8]
        var names: [[UInt8]]
    }

    /// A file of several hard links.
    private struct Identity: Hashable {
        let device: UInt64
        let node: UInt64
    }

    /// The path for messages.
    private let shown: String
    /// The files of several hard links that were found, by what they are.
    private var linked: [Identity: [UInt8]] = [:]

    /// What is known of files from looks before; nil where every file is read.
    private let digests: KnownDigests?

    init(shown: String, digests: KnownDigests? = nil) {
        self.shown = shown
        self.digests = digests
    }

    /// - Parameter choose: is told the path and whether it is a folder.
    mutating func run(
        _ root: FolderHandle, choose: (_ path: [UInt8], _ isFolder: Bool) -> WalkChoice,
        found: (FolderEntry) throws(SystemFailure) -> Void
    ) throws(SystemFailure) {
        var levels = [Level(folder: root, path: [], names: try names(in: root))]
        var count = 0
        while let level = levels.last {
            guard let name = level.names.last else {
                levels.removeLast()
                continue
            }
            levels[levels.count - 1].names.removeLast()
            count += 1
            if count > Self.entryLimit { throw SystemFailure("\(shown) holds more than \(Self.entryLimit) files") }
            let path = level.path.isEmpty ? name : level.path + [UInt8(ascii: "/")] + name
            var status = stat()
            guard fstatat(level.folder.descriptor, Self.terminated(name), &status, AT_SYMLINK_NOFOLLOW) == 0 else {
                throw SystemFailure("read", place(path))
            }
            let isFolder = status.st_mode & S_IFMT == S_IFDIR
            let choice = choose(path, isFolder)
            if choice == .leave { continue }
            if choice == .take { try found(try entry(path, name, in: level.folder, status)) }
            if isFolder {
                if levels.count > Self.depthLimit {
                    throw SystemFailure("\(place(path)) lies more than \(Self.depthLimit) folders deep")
                }
                let folder = try level.folder.folder(bytes: name, shown: place(path))
                levels.append(Level(folder: folder, path: path, names: try names(in: folder)))
            }
        }
    }

    private func place(_ path: [UInt8]) -> String {
        let text = String(decoding: path, as: UTF8.self)
        return shown == "." ? text : shown + "/" + text
    }

    private mutating func entry(
        _ path: [UInt8], _ name: [UInt8], in folder: FolderHandle, _ status: stat
    ) throws(SystemFailure) -> FolderEntry {
        let kind: FolderEntry.Kind
        switch status.st_mode & S_IFMT {
        case S_IFDIR: kind = .folder
        case S_IFLNK: kind = .link(target: try target(path, name, in: folder))
        case S_IFIFO: kind = .pipe
        case S_IFSOCK: kind = .socket
        case S_IFCHR: kind = .characterDevice(UInt64(truncatingIfNeeded: status.st_rdev))
        case S_IFBLK: kind = .blockDevice(UInt64(truncatingIfNeeded: status.st_rdev))
        default:
            var twin: [UInt8]?
            if status.st_nlink > 1 {
                let identity = Identity(
                    device: UInt64(truncatingIfNeeded: status.st_dev), node: UInt64(truncatingIfNeeded: status.st_ino))
                twin = linked[identity]
                if twin == nil { linked[identity] = path }
            }
            let content =
                if let digests {
                    try digests.content(of: status) { () throws(SystemFailure) in try read(path, name, in: folder) }
                } else {
                    try read(path, name, in: folder)
                }
            kind = .file(digest: content.digest, capability: content.capability, twin: twin)
        }
        return FolderEntry(path: path, kind: kind, mode: UInt32(status.st_mode & 0o7777))
    }

    private func target(_ path: [UInt8], _ name: [UInt8], in folder: FolderHandle) throws(SystemFailure) -> [UInt8] {
        var buffer = [CChar](repeating: 0, count: 4097)
        let length = readlinkat(folder.descriptor, Self.terminated(name), &buffer, buffer.count)
        guard length >= 0 else { throw SystemFailure("read the link", place(path)) }
        return buffer.prefix(length).map { UInt8(bitPattern: $0) }
    }

    private func read(
        _ path: [UInt8], _ name: [UInt8], in folder: FolderHandle
    ) throws(SystemFailure) -> KnownDigests.Content {
        let descriptor = openRetrying {
            openat(folder.descriptor, Self.terminated(name), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
        }
        guard descriptor >= 0 else { throw SystemFailure("read", place(path)) }
        defer { close(descriptor) }
        return KnownDigests.Content(
            digest: try digest(of: descriptor, path: place(path)), capability: capability(of: descriptor))
    }

    private func names(in folder: FolderHandle) throws(SystemFailure) -> [[UInt8]] {
        // The stream takes the descriptor over; the folder keeps its own.
        let copy = openRetrying { openat(folder.descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        guard copy >= 0, let stream = fdopendir(copy) else { throw SystemFailure("read the folder", folder.path) }
        defer { closedir(stream) }
        var names: [[UInt8]] = []
        while true {
            errno = 0
            guard let found = readdir(stream) else {
                if errno != 0 { throw SystemFailure("read the folder", folder.path) }
                break
            }
            guard let offset = MemoryLayout<dirent>.offset(of: \dirent.d_name) else { break }
            let start = UnsafeRawPointer(found) + offset
            let name = Array(
                UnsafeRawBufferPointer(start: start, count: strlen(start.assumingMemoryBound(to: CChar.self))))
            if name == Array(".".utf8) || name == Array("..".utf8) { continue }
            names.append(name)
            if names.count > Self.entryLimit {
                throw SystemFailure("\(folder.path) holds more than \(Self.entryLimit) files")
            }
        }
        // The last comes first off the stack.
        return names.sorted { $1.lexicographicallyPrecedes($0) }
    }

    /// A name as C knows it.
    static func terminated(_ name: [UInt8]) -> [CChar] { name.map { CChar(bitPattern: $0) } + [0] }
}

/// The SHA-256 of an open file, read in pieces.
private func digest(of descriptor: Int32, path: String) throws(SystemFailure) -> [UInt8] {
    var hash = SHA256()
    var buffer = [UInt8](repeating: 0, count: 1 << 18)
    while true {
        let got = read(descriptor, &buffer, buffer.count)
        if got == 0 { return hash.digest() }
        if got < 0 {
            if errno == EINTR { continue }
            throw SystemFailure("read", path)
        }
        buffer.withUnsafeBytes { hash.append(UnsafeRawBufferPointer(rebasing: $0[..<got])) }
    }
}

/// The one extended attribute that an image keeps; empty where there is none.
private func capability(of descriptor: Int32) -> [UInt8] {
    #if os(Linux)
        var buffer = [UInt8](repeating: 0, count: 64)
        let length = readAttribute(descriptor, "security.capability", &buffer, buffer.count)
        return length > 0 ? Array(buffer.prefix(length)) : []
    #else
        return []
    #endif
}

#if os(Linux)
    /// The C library's `fgetxattr`, whose header Swift's module of the library leaves out.
    @_silgen_name("fgetxattr")
    private func readAttribute(
        _ descriptor: Int32, _ name: UnsafePointer<CChar>, _ value: UnsafeMutableRawPointer, _ size: Int
    ) -> Int
#endif
