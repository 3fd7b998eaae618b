import Emission
import Threads
import Workspace

/// What a run would do to one artifact.
package struct Change: Sendable {
    package enum Kind: Sendable {
        /// It already is as it should be.
        case unchanged
        case create
        /// Bayplan wrote what is there; it is out of date.
        case update
        /// A script that is as it should be, but not executable.
        case makeExecutable
        /// It is Bayplan's, but its content was changed since.
        case edited
        /// Bayplan did not write what is there.
        case foreign
        /// A file of Bayplan's that is no longer emitted.
        case delete
        /// Such a file, changed since.
        case editedLeftOver
        /// Something that is no plain file is in the way: what it is.
        case blocked(String)
        /// A folder on the way is none, or a link, which is not followed.
        case unreachable(Obstacle)
    }

    package let path: [String]
    package var kind: Kind
    /// What is there now; nil when nothing is.
    package let old: [UInt8]?
    /// Which file that is.
    package let identity: FileIdentity?
    /// What should be there; nil for a left-over.
    package let artifact: Artifact?

    package var name: String { path.joined(separator: "/") }

    /// Whether a run must not touch this without being told to.
    package var isRefused: Bool {
        switch kind {
        case .edited, .foreign, .editedLeftOver, .blocked, .unreachable: true
        default: false
        }
    }

    /// Whether not even being told to makes a run touch this.
    package var isBlocked: Bool {
        switch kind {
        case .blocked, .unreachable: true
        default: false
        }
    }

    package var isDrift: Bool { if case .unchanged = kind { false } else { true } }
}

/// Every artifact compared with what is on disk and with what Bayplan wrote last (specification 3, "Writing").
package struct Changes {
    package var items: [Change] = []
    /// The lock as it is on disk.
    private var lock = Lock()
    package let lockPath: [String]
    private let lockBytes: [UInt8]?
    private let lockIdentity: FileIdentity?
    private let isComplete: Bool
    private let layout: Layout

    /// Compares.
    ///
    /// - Parameter isComplete: whether the artifacts are all there are, so that others in the lock are left over.
    package init(
        _ artifacts: [Artifact], in root: RootFolder, layout: Layout, isComplete: Bool,
        progress: ((Progress) -> Void)? = nil
    ) throws(SystemFailure) {
        self.layout = layout
        self.isComplete = isComplete
        lockPath = layout.folder + [Lock.fileName]
        let bytes: [UInt8]?
        switch try root.state(of: lockPath) {
        case .file(let content, let identity): (bytes, lockIdentity) = (content, identity)
        case .missing: (bytes, lockIdentity) = (nil, nil)
        case .other(let what):
            throw SystemFailure("cannot use \(lockPath.joined(separator: "/")): it is \(what)")
        case .unreachable(let obstacle):
            throw SystemFailure("cannot use \(obstacle.path): it is \(obstacle.kind)")
        }
        lockBytes = bytes
        if let bytes { lock = Lock(parsing: bytes) }
        items.reserveCapacity(artifacts.count)
        for artifact in artifacts {
            progress?(.done("comparing artifacts", items.count, of: artifacts.count))
            items.append(try classify(artifact, in: root))
        }
        if isComplete { try addLeftOvers(artifacts, in: root) }
    }

    private func classify(_ artifact: Artifact, in root: RootFolder) throws(SystemFailure) -> Change {
        func change(_ kind: Change.Kind, _ old: [UInt8]? = nil, _ identity: FileIdentity? = nil) -> Change {
            Change(path: artifact.path, kind: kind, old: old, identity: identity, artifact: artifact)
        }
        switch try root.state(of: artifact.path) {
        case .missing:
            return change(.create)
        case .other(let what):
            return change(.blocked(what))
        case .unreachable(let obstacle):
            return change(.unreachable(obstacle))
        case .file(let bytes, let identity):
            if isSame(bytes, artifact.bytes) {
                let lacksMode = artifact.isExecutable && identity.mode & 0o111 == 0
                // The one copy of the bytes that the run holds anyway.
                return change(lacksMode ? .makeExecutable : .unchanged, artifact.bytes, identity)
            }
            let name = lockName(artifact.path)
            guard lock.hashes[name] != nil else { return change(.foreign, bytes, identity) }
            // A loss of power can leave a new file that is empty or full of zeros: nobody's work is in it.
            let isOurs = bytes.allSatisfy { $0 == 0 } || lock.holds(SHA256.hex(of: bytes), for: name)
            return change(isOurs ? .update : .edited, bytes, identity)
        }
    }

    private mutating func addLeftOvers(_ artifacts: [Artifact], in root: RootFolder) throws(SystemFailure) {
        let emitted = Set(artifacts.map { lockName($0.path) })
        for name in lock.hashes.keys.sorted() where !emitted.contains(name) {
            // The lock may come from a stranger: a path that leaves the root names nothing.
            guard let path = Self.components(name, from: layout.folder) else { continue }
            // What lies behind a link is not Bayplan's to delete.
            if case .file(let bytes, let identity) = try root.state(of: path), Self.bearsHeader(bytes) {
                let isOurs = lock.holds(SHA256.hex(of: bytes), for: name)
                items.append(
                    Change(
                        path: path, kind: isOurs ? .delete : .editedLeftOver, old: bytes, identity: identity,
                        artifact: nil))
            }
        }
    }

    /// Does what is to be done; nothing may be refused any more.
    ///
    /// The lock names the old and the new content while files are replaced, and that a run is at work: one that is cut
    /// short anywhere leaves nothing that the next run, with this manifest or another, takes for somebody's edit, and
    /// no file that it does not take away.
    package func apply(to root: RootFolder, progress: ((Progress) -> Void)? = nil) throws(SystemFailure) {
        try discardRemains(in: root)
        let written = hashes(of: items)
        let final = newLock(written).bytes
        if items.contains(where: \.isDrift) {
            try writeLock(transitionalLock(written).bytes, over: lockIdentity, in: root)
            let replacements = items.compactMap(replacement)
            try root.replace(replacements) { progress?(.done("writing artifacts", $0, of: replacements.count)) }
            try root.delete(
                items.compactMap { item in
                    item.artifact == nil ? item.identity.map { (item.path, $0) } : nil
                })
            guard case .file(_, let identity) = try root.state(of: lockPath) else {
                throw SystemFailure("\(lockPath.joined(separator: "/")) was taken away while bayplan ran; run it again")
            }
            try writeLock(final, over: identity, in: root)
        } else if final != lockBytes {
            try writeLock(final, over: lockIdentity, in: root)
        }
    }

    /// The hash of each item's artifact; half of them by another thread where there is much to hash.
    private func hashes(of items: [Change]) -> [String?] {
        @Sendable func hashes(_ items: ArraySlice<Change>) -> [String?] {
            items.map { $0.artifact.map { SHA256.hex(of: $0.bytes) } }
        }
        let size = items.reduce(0) { $0 + ($1.artifact?.bytes.count ?? 0) }
        var (middle, before) = (0, 0)
        while middle < items.count, before < size / 2 {
            before += items[middle].artifact?.bytes.count ?? 0
            middle += 1
        }
        let rest = items[middle...]
        let later = Future(isLong: size >= 1 << 20) { hashes(rest) }
        return hashes(items[..<middle]) + later.value
    }

    /// What a run that was cut short left beside the files that it was about to replace.
    private func discardRemains(in root: RootFolder) throws(SystemFailure) {
        try root.discardRemains(of: lockPath)
        guard lock.isUnderWay else { return }
        for change in items { try root.discardRemains(of: change.path) }
        for name in lock.hashes.keys.sorted() {
            if let path = Self.components(name, from: layout.folder) { try root.discardRemains(of: path) }
        }
    }

    private func replacement(for change: Change) -> Replacement? {
        guard let artifact = change.artifact, change.isDrift, !change.isBlocked else { return nil }
        let mode = change.identity.map { artifact.isExecutable ? $0.mode | ($0.mode & 0o444) >> 2 : $0.mode }
        return Replacement(
            path: change.path, bytes: artifact.bytes, old: change.identity, mode: mode,
            isExecutable: artifact.isExecutable)
    }

    private func writeLock(
        _ bytes: [UInt8], over old: FileIdentity?, in root: RootFolder
    ) throws(SystemFailure) {
        try root.replace(
            [
                Replacement(
                    path: lockPath, bytes: bytes, old: old, mode: lockIdentity?.mode, isExecutable: false,
                    isSaved: lockIdentity != nil)
            ])
    }

    /// The lock after the run.
    ///
    /// - Parameter written: the hash of each item's artifact.
    private func newLock(_ written: [String?]) -> Lock {
        var new = isComplete ? Lock() : lock
        new.isUnderWay = false
        for (change, hash) in zip(items, written) {
            if let hash { new.set([hash], for: lockName(change.path)) }
        }
        return new
    }

    /// The lock during the run: what is there and what will be.
    private func transitionalLock(_ written: [String?]) -> Lock {
        var both = lock
        both.isUnderWay = true
        for (change, hash) in zip(items, written) {
            if let hash { both.add(hash, for: lockName(change.path)) }
        }
        return both
    }

    /// Whether a file says of itself that it is generated: a lock alone, which may come from a stranger, deletes
    /// nothing.
    static func bearsHeader(_ bytes: [UInt8]) -> Bool {
        let words = Array("Code generated by bayplan from ".utf8)
        let head = Array(bytes.prefix(256))
        return head.indices.contains { head[$0...].starts(with: words) }
    }

    /// A path as the lock names it: from the manifest's folder.
    private func lockName(_ path: [String]) -> String { Layout.relative(from: layout.folder, to: path) }

    private static func components(_ name: String, from folder: [String]) -> [String]? {
        if name.hasPrefix("/") || name.isEmpty { return nil }
        var result = folder
        for component in name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
            if component.isEmpty || component.elementsEqual(".".utf8) || component.contains(0) { return nil }
            if component.elementsEqual("..".utf8) {
                if result.isEmpty { return nil }
                result.removeLast()
            } else {
                result.append(String(Substring(component)))
            }
        }
        return result
    }
}
