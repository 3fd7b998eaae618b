import SourceText

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A file that is to stand at a path.
package struct Replacement {
    package let path: [String]
    package let bytes: [UInt8]
    /// The file that it takes the place of; nil when there is none.
    package let old: FileIdentity?
    /// The permission bits; nil gives a new file those that the umask leaves.
    package let mode: UInt32?
    package let isExecutable: Bool
    /// Whether bytes are what a run that was cut short can have left of such a file.
    package let isRemains: ([UInt8]) -> Bool
    /// Whether it must be on the disk before it takes its place.
    package let isSaved: Bool

    /// - Parameters:
    ///   - isRemains: by default whatever has the name of a file that is about to take its place.
    ///   - isSaved: nil saves what replaces a file.
    package init(
        path: [String], bytes: [UInt8], old: FileIdentity?, mode: UInt32?, isExecutable: Bool,
        isRemains: @escaping ([UInt8]) -> Bool = { _ in true }, isSaved: Bool? = nil
    ) {
        self.isRemains = isRemains
        self.path = path
        self.bytes = bytes
        self.old = old
        self.mode = mode
        self.isExecutable = isExecutable
        self.isSaved = isSaved ?? (old != nil)
    }
}

extension RootFolder {
    /// Puts files in place of others, each whole or not at all.
    ///
    /// All of them are filled beside their places before the first takes its own, so a disk that is full changes
    /// nothing. What replaces a file is on the disk before it does: no loss of power leaves neither the old one nor
    /// the new. A file where none was needs no such care, and a first run does not wait for the disk.
    ///
    /// - Parameter onFile: is told, before each file, how many are filled.
    package func replace(_ files: [Replacement], onFile: (Int) -> Void = { _ in }) throws(SystemFailure) {
        var staged: [String] = []
        var taken = 0
        do throws(SystemFailure) {
            var unsaved: [(descriptor: Int32, path: [String])] = []
            defer { for file in unsaved { close(file.descriptor) } }
            for file in files {
                onFile(staged.count)
                let temporary = Self.temporary(file.path.last ?? "")
                let descriptor = try create(temporary, in: try folder(of: file, create: true), for: file)
                staged.append(temporary)
                guard try fill(descriptor, with: file) else { continue }
                unsaved.append((descriptor, file.path))
                if unsaved.count == Self.openAtOnce { try save(&unsaved) }
            }
            try save(&unsaved)
            for file in files { try expectUnchanged(file.path, file.old, in: try folder(of: file)) }
            for (file, temporary) in zip(files, staged) {
                let descriptor = try folder(of: file).descriptor
                if renameat(descriptor, temporary, descriptor, file.path.last ?? "") != 0 {
                    throw SystemFailure("replace", shown(file.path))
                }
                taken += 1
            }
        } catch {
            for (file, temporary) in zip(files, staged).dropFirst(taken) {
                if let folder = try? folder(of: file) { _ = unlinkat(folder.descriptor, temporary, 0) }
            }
            throw error
        }
        try synchronize(files.filter(\.isSaved).map(\.path))
    }

    /// The folder in which a file is to stand.
    private func folder(of file: Replacement, create: Bool = false) throws(SystemFailure) -> FolderHandle {
        guard !file.path.isEmpty, let folder = try reachedFolder(file.path.dropLast(), create: create) else {
            throw SystemFailure("cannot write \(shown(file.path)): its folder is missing")
        }
        return folder
    }

    /// Puts one file in place of another, whole or not at all.
    package func replace(_ file: Replacement) throws(SystemFailure) { try replace([file]) }

    /// Deletes files that are as they were when they were looked at.
    package func delete(_ files: [(path: [String], old: FileIdentity)]) throws(SystemFailure) {
        var touched: [[String]] = []
        for file in files {
            guard let name = file.path.last, let folder = try reachedFolder(file.path.dropLast(), create: false) else {
                continue
            }
            try expectUnchanged(file.path, file.old, in: folder)
            if unlinkat(folder.descriptor, name, 0) != 0, errno != ENOENT {
                throw SystemFailure("delete", shown(file.path))
            }
            touched.append(file.path)
        }
        try synchronize(touched)
    }

    /// Takes away what a run that was killed may have left beside a file.
    ///
    /// - Parameter isRemains: whether bytes are what it left; what is empty or full of zeros always is.
    package func discardRemains(of path: [String], ifTheyAre isRemains: ([UInt8]) -> Bool) throws(SystemFailure) {
        guard let name = path.last, case .folder(let folder) = try place(of: path.dropLast(), create: false) else {
            return
        }
        let temporary = Self.temporary(name)
        var place = path
        place[place.count - 1] = temporary
        guard case .file(let bytes, _) = try state(of: place),
            bytes.allSatisfy({ $0 == 0 }) || isRemains(bytes)
        else { return }
        if unlinkat(folder.descriptor, temporary, 0) != 0, errno != ENOENT {
            throw SystemFailure("delete", shown(place))
        }
    }

    /// Descriptors that are held open until their files are saved together, which costs the disk little more than one.
    private static var openAtOnce: Int { 128 }

    /// The name of a new file until it takes its place: one for each target, so that a run that was killed leaves at
    /// most one behind.
    private static func temporary(_ name: String) -> String {
        // A name of a file has at most 255 bytes.
        let stem = name.utf8.count <= 240 ? name : String(SHA256.hex(of: Array(name.utf8)).prefix(32))
        return ".\(stem).bayplan-new"
    }

    private func create(
        _ temporary: String, in folder: FolderHandle, for file: Replacement
    ) throws(SystemFailure) -> Int32 {
        let created: mode_t = file.isExecutable ? 0o777 : 0o666
        func attempt() -> Int32 {
            openRetrying {
                openat(
                    folder.descriptor, temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, created)
            }
        }
        var descriptor = attempt()
        if descriptor < 0, errno == EEXIST {
            try discardRemains(of: file.path, ifTheyAre: file.isRemains)
            descriptor = attempt()
            if descriptor < 0, errno == EEXIST {
                let other = shown(file.path.dropLast() + [temporary])
                throw SystemFailure(
                    "cannot write \(shown(file.path)): \(other) is in the way, and bayplan did not make it; move it away"
                )
            }
        }
        guard descriptor >= 0 else { throw SystemFailure("write", shown(file.path)) }
        return descriptor
    }

    /// Fills a new file.
    ///
    /// - Returns: whether its descriptor is still open, to be saved and closed.
    private func fill(_ descriptor: Int32, with file: Replacement) throws(SystemFailure) -> Bool {
        var failure: SystemFailure?
        if let mode = file.mode, fchmod(descriptor, mode_t(mode)) != 0 {
            failure = SystemFailure("set the mode of", shown(file.path))
        }
        if failure == nil, !writeAll(descriptor, file.bytes) { failure = SystemFailure("write", shown(file.path)) }
        if failure == nil, file.isSaved { return true }
        if close(descriptor) != 0, failure == nil { failure = SystemFailure("write", shown(file.path)) }
        if let failure { throw failure }
        return false
    }

    private func save(_ files: inout [(descriptor: Int32, path: [String])]) throws(SystemFailure) {
        while let file = files.popLast() {
            let isSaved = fsync(file.descriptor) == 0 || isUnsupported(errno)
            let failure = isSaved ? nil : SystemFailure("write", shown(file.path))
            if close(file.descriptor) != 0, failure == nil { throw SystemFailure("write", shown(file.path)) }
            if let failure { throw failure }
        }
    }

    /// Fails when somebody else changed a file since this run looked at it.
    private func expectUnchanged(
        _ path: [String], _ old: FileIdentity?, in folder: FolderHandle
    ) throws(SystemFailure) {
        var status = stat()
        let isThere = fstatat(folder.descriptor, path.last ?? "", &status, AT_SYMLINK_NOFOLLOW) == 0
        if !isThere, errno != ENOENT { throw SystemFailure("look at", shown(path)) }
        guard (isThere ? FileIdentity(status) : nil) == old else {
            throw SystemFailure("\(shown(path)) was changed while bayplan ran; run it again")
        }
    }

    /// Makes what was done in the folders of these files outlast a loss of power.
    private func synchronize(_ files: [[String]]) throws(SystemFailure) {
        var saved: Set<[UInt8]> = []
        for path in files {
            let folder = Array(path.dropLast())
            guard saved.insert(Array(folder.joined(separator: "/").utf8)).inserted else { continue }
            try reachedFolder(path.dropLast(), create: false)?.synchronize()
        }
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
