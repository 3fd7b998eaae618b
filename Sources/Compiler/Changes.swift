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
    package private(set) var lock = Lock()
    package let lockPath: [String]
    private let lockBytes: [UInt8]?
    private let isComplete: Bool
    private let layout: Layout

    /// Compares.
    ///
    /// - Parameter isComplete: whether the artifacts are all there are, so that others in the lock are left over.
    package init(_ artifacts: [Artifact], in root: RootFolder, layout: Layout, isComplete: Bool) throws(SystemFailure) {
        self.layout = layout
        self.isComplete = isComplete
        lockPath = layout.folder + [Lock.fileName]
        var bytes: [UInt8]?
        switch try root.state(of: lockPath) {
        case .file(let content, _): bytes = content
        case .missing: bytes = nil
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
                return change(lacksMode ? .update : .unchanged, bytes, mode)
            }
            guard let hash = lock[lockName(artifact.path)] else { return change(.foreign, bytes, mode) }
            return change(SHA256.hex(of: bytes) == hash ? .update : .edited, bytes, mode)
        }
    }

    private mutating func addLeftOvers(_ artifacts: [Artifact], in root: RootFolder) throws(SystemFailure) {
        let emitted = Set(artifacts.map { lockName($0.path) })
        for name in lock.hashes.keys.sorted() where !emitted.contains(name) {
            // The lock may come from a stranger: a path that leaves the root names nothing.
            guard let path = Self.components(name, from: layout.folder) else { continue }
            if case .file(let bytes, let mode) = try root.state(of: path) {
                let isOurs = SHA256.hex(of: bytes) == lock[name]
                items.append(
                    Change(
                        path: path, kind: isOurs ? .delete : .editedLeftOver, old: bytes, oldMode: mode, artifact: nil))
            }
        }
    }

    /// Does what is to be done; nothing may be refused any more.
    package func apply(to root: RootFolder) throws(SystemFailure) {
        for change in items {
            switch change.kind {
            case .unchanged, .blocked: continue
            case .delete, .editedLeftOver: try root.delete(change.path)
            case .create, .update, .edited, .foreign:
                guard let artifact = change.artifact else { continue }
                let mode = change.oldMode.map { artifact.isExecutable ? $0 | ($0 & 0o444) >> 2 : $0 }
                try root.replace(change.path, with: artifact.bytes, mode: mode, isExecutable: artifact.isExecutable)
            }
        }
        let bytes = newLock().bytes
        if bytes != lockBytes { try root.replace(lockPath, with: bytes, mode: nil, isExecutable: false) }
    }

    /// The lock after the run.
    private func newLock() -> Lock {
        var new = isComplete ? Lock() : lock
        for change in items {
            guard let artifact = change.artifact else { continue }
            let name = lockName(change.path)
            new[name] = SHA256.hex(of: artifact.bytes)
        }
        return new
    }

    /// A path as the lock names it: from the manifest's folder.
    private func lockName(_ path: [String]) -> String { Layout.relative(from: layout.folder, to: path) }

    private static func components(_ name: String, from folder: [String]) -> [String]? {
        if name.hasPrefix("/") || name.isEmpty { return nil }
        var result = folder
        for component in name.split(separator: "/", omittingEmptySubsequences: false) {
            if component.isEmpty || component == "." { return nil }
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
