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
        /// What the paths in it begin with: nothing at the root, else its own path with a slash.
        let prefix: [UInt8]
        /// As C knows them, in the order of their bytes.
        let names: [[CChar]]
        /// The place of the name that comes next.
        var next = 0
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
    /// Into which files are read, one after the other; empty before the first.
    private var buffer: [UInt8] = []

    init(shown: String, digests: KnownDigests? = nil) {
        self.shown = shown
        self.digests = digests
    }

    /// - Parameter choose: is told the path and whether it is a folder.
    mutating func run(
        _ root: FolderHandle, choose: (_ path: [UInt8], _ isFolder: Bool) -> WalkChoice,
        found: (FolderEntry) throws(SystemFailure) -> Void
    ) throws(SystemFailure) {
        var levels = [Level(folder: root, prefix: [], names: try names(in: root))]
        var count = 0
        while let top = levels.indices.last {
            // Its parts one by one: a copy of the whole level would let each step copy all names.
            guard levels[top].next < levels[top].names.count else {
                levels.removeLast()
                continue
            }
            let (above, name) = (levels[top].folder, levels[top].names[levels[top].next])
            levels[top].next += 1
            count += 1
            if count > Self.entryLimit { throw SystemFailure("\(shown) holds more than \(Self.entryLimit) files") }
            // Without the zero at the name's end.
            let path = name.withUnsafeBytes { levels[top].prefix + $0.dropLast() }
            var status = stat()
            guard fstatat(above.descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
                throw SystemFailure("read", place(path))
            }
            let isFolder = status.st_mode & S_IFMT == S_IFDIR
            let choice = choose(path, isFolder)
            if choice == .leave { continue }
            if choice == .take { try found(try entry(path, name, in: above, status)) }
            if isFolder {
                if levels.count > Self.depthLimit {
                    throw SystemFailure("\(place(path)) lies more than \(Self.depthLimit) folders deep")
                }
                let folder = try above.folder(bytes: name, shown: place(path))
                levels.append(
                    Level(folder: folder, prefix: path + [UInt8(ascii: "/")], names: try names(in: folder)))
            }
        }
    }

    private func place(_ path: [UInt8]) -> String {
        let text = String(decoding: path, as: UTF8.self)
        return shown == "." ? text : shown + "/" + text
    }

    private mutating func entry(
        _ path: [UInt8], _ name: [CChar], in folder: FolderHandle, _ status: stat
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
                    try digests.content(of: status) { () throws(SystemFailure) in try contents(path, name, in: folder) }
                } else {
                    try contents(path, name, in: folder)
                }
            kind = .file(digest: content.digest, capability: content.capability, twin: twin)
        }
        return FolderEntry(path: path, kind: kind, mode: UInt32(status.st_mode & 0o7777))
    }

    private func target(_ path: [UInt8], _ name: [CChar], in folder: FolderHandle) throws(SystemFailure) -> [UInt8] {
        var buffer = [CChar](repeating: 0, count: 4097)
        let length = readlinkat(folder.descriptor, name, &buffer, buffer.count)
        guard length >= 0 else { throw SystemFailure("read the link", place(path)) }
        return buffer.prefix(length).map { UInt8(bitPattern: $0) }
    }

    private mutating func contents(
        _ path: [UInt8], _ name: [CChar], in folder: FolderHandle
    ) throws(SystemFailure) -> KnownDigests.Content {
        let descriptor = openRetrying {
            openat(folder.descriptor, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
        }
        guard descriptor >= 0 else { throw SystemFailure("read", place(path)) }
        defer { close(descriptor) }
        return KnownDigests.Content(
            digest: try digest(of: descriptor, path), capability: capability(of: descriptor))
    }

    /// The SHA-256 of an open file, read in pieces.
    private mutating func digest(of descriptor: Int32, _ path: [UInt8]) throws(SystemFailure) -> [UInt8] {
        if buffer.isEmpty { buffer = [UInt8](repeating: 0, count: 1 << 18) }
        var hash = SHA256()
        while true {
            let got = read(descriptor, &buffer, buffer.count)
            if got == 0 { return hash.digest() }
            if got < 0 {
                if errno == EINTR { continue }
                throw SystemFailure("read", place(path))
            }
            buffer.withUnsafeBytes { hash.append(UnsafeRawBufferPointer(rebasing: $0[..<got])) }
        }
    }

    private func names(in folder: FolderHandle) throws(SystemFailure) -> [[CChar]] {
        // The stream takes the descriptor over; the folder keeps its own.
        let copy = openRetrying { openat(folder.descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        guard copy >= 0, let stream = fdopendir(copy) else { throw SystemFailure("read the folder", folder.path) }
        defer { closedir(stream) }
        var names: [[CChar]] = []
        while true {
            errno = 0
            guard let found = readdir(stream) else {
                if errno != 0 { throw SystemFailure("read the folder", folder.path) }
                break
            }
            guard let offset = MemoryLayout<dirent>.offset(of: \dirent.d_name) else { break }
            let start = (UnsafeRawPointer(found) + offset).assumingMemoryBound(to: CChar.self)
            if strcmp(start, ".") == 0 || strcmp(start, "..") == 0 { continue }
            names.append(Array(UnsafeBufferPointer(start: start, count: strlen(start) + 1)))
            if names.count > Self.entryLimit {
                throw SystemFailure("\(folder.path) holds more than \(Self.entryLimit) files")
            }
        }
        return names.sorted { strcmp($0, $1) < 0 }
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
