import Emission
import Workspace

/// What a run would do to one artifact.
package struct Change {
    package enum Kind {
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
    }

    package let path: [String]
    package var kind: Kind
    /// What is there now; nil when nothing is.
    package let old: [UInt8]?
    package let oldMode: UInt32?
    /// What should be there; nil for a left-over.
    package let artifact: Artifact?

    package var name: String { path.joined(separator: "/") }

    /// Whether a run must not touch this without being told to.
    package var isRefused: Bool {
        switch kind {
        case .edited, .foreign, .editedLeftOver, .blocked: true
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
    private let lockMode: UInt32?
    private let isComplete: Bool
    private let layout: Layout

    /// Compares.
    ///
    /// - Parameter isComplete: whether the artifacts are all there are, so that others in the lock are left over.
    package init(_ artifacts: [Artifact], in root: RootFolder, layout: Layout, isComplete: Bool) throws(SystemFailure) {
        self.layout = layout
        self.isComplete = isComplete
        lockPath = layout.folder + [Lock.fileName]
        let bytes: [UInt8]?
        switch try root.state(of: lockPath) {
        case .file(let content, let mode): (bytes, lockMode) = (content, mode)
        case .missing: (bytes, lockMode) = (nil, nil)
        case .other(let what):
            throw SystemFailure("cannot use \(lockPath.joined(separator: "/")): it is \(what)")
        }
        lockBytes = bytes
        if let bytes { lock = Lock(parsing: bytes) }
        items.reserveCapacity(artifacts.count)
        for artifact in artifacts { items.append(try classify(artifact, in: root)) }
        if isComplete { try addLeftOvers(artifacts, in: root) }
    }

    private func classify(_ artifact: Artifact, in root: RootFolder) throws(SystemFailure) -> Change {
        func change(_ kind: Change.Kind, _ old: [UInt8]? = nil, _ mode: UInt32? = nil) -> Change {
            Change(path: artifact.path, kind: kind, old: old, oldMode: mode, artifact: artifact)
        }
        switch try root.state(of: artifact.path) {
        case .missing:
            return change(.create)
        case .other(let what):
            return change(.blocked(what))
        case .file(let bytes, let mode):
            if isSame(bytes, artifact.bytes) {
                let lacksMode = artifact.isExecutable && mode & 0o111 == 0
                return change(lacksMode ? .makeExecutable : .unchanged, bytes, mode)
            }
            let name = lockName(artifact.path)
            guard lock.hashes[name] != nil else { return change(.foreign, bytes, mode) }
            return change(lock.holds(SHA256.hex(of: bytes), for: name) ? .update : .edited, bytes, mode)
        }
    }

    private mutating func addLeftOvers(_ artifacts: [Artifact], in root: RootFolder) throws(SystemFailure) {
        let emitted = Set(artifacts.map { lockName($0.path) })
        for name in lock.hashes.keys.sorted() where !emitted.contains(name) {
            // The lock may come from a stranger: a path that leaves the root names nothing.
            guard let path = Self.components(name, from: layout.folder) else { continue }
            // What cannot be looked at, behind a link or without permission, is not Bayplan's to delete.
            if case .file(let bytes, let mode) = (try? root.state(of: path)) ?? .missing, Self.bearsHeader(bytes) {
                let isOurs = lock.holds(SHA256.hex(of: bytes), for: name)
                items.append(
                    Change(
                        path: path, kind: isOurs ? .delete : .editedLeftOver, old: bytes, oldMode: mode, artifact: nil))
            }
        }
    }

    /// Does what is to be done; nothing may be refused any more.
    ///
    /// The lock names the old and the new content while files are replaced: a run that is cut short anywhere leaves
    /// nothing that the next run, with this manifest or another, takes for somebody's edit.
    package func apply(to root: RootFolder) throws(SystemFailure) {
        if lock.isTransitional { for change in items { try root.discardRemains(of: change.path) } }
        let written = items.map { change in change.artifact.map { SHA256.hex(of: $0.bytes) } }
        let final = newLock(written).bytes
        if items.contains(where: \.isDrift) {
            let both = transitionalLock(written).bytes
            if both != lockBytes, both != final { try writeLock(both, to: root) }
        }
        for change in items {
            switch change.kind {
            case .unchanged, .blocked: continue
            case .delete, .editedLeftOver: try root.delete(change.path)
            case .create, .update, .makeExecutable, .edited, .foreign:
                guard let artifact = change.artifact else { continue }
                let mode = change.oldMode.map { artifact.isExecutable ? $0 | ($0 & 0o444) >> 2 : $0 }
                try root.replace(change.path, with: artifact.bytes, mode: mode, isExecutable: artifact.isExecutable)
            }
        }
        if final != lockBytes { try writeLock(final, to: root) }
    }

    private func writeLock(_ bytes: [UInt8], to root: RootFolder) throws(SystemFailure) {
        try root.replace(lockPath, with: bytes, mode: lockMode, isExecutable: false)
    }

    /// The lock after the run.
    ///
    /// - Parameter written: the hash of each item's artifact.
    private func newLock(_ written: [String?]) -> Lock {
        var new = isComplete ? Lock() : lock
        for (change, hash) in zip(items, written) {
            if let hash { new.set([hash], for: lockName(change.path)) }
        }
        return new
    }

    /// The lock during the run: what is there and what will be.
    private func transitionalLock(_ written: [String?]) -> Lock {
        var both = lock
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
        for component in name.split(separator: "/", omittingEmptySubsequences: false) {
            if component.isEmpty || component == "." || component.utf8.contains(0) { return nil }
            if component == ".." {
                if result.isEmpty { return nil }
                result.removeLast()
            } else {
                result.append(String(component))
            }
        }
        return result
    }
}
