import Emission
import SourceText
import Workspace

/// What was written last, as the locks of a workspace tell it.
///
/// What is pulled together is recorded together: the lock beside the manifest lists what lies in the manifest's folder
/// and below it, and whatever lies elsewhere is listed in a lock in its own folder, whose entries name the manifest,
/// because other manifests may write there too. Where an artifact is listed depends on its path alone.
struct Locks {
    /// A lock as it is on disk.
    private struct Held {
        var lock = Lock()
        var bytes: [UInt8]?
        var identity: FileIdentity?
    }

    /// The manifest's folder.
    let home: WorkspacePath
    private let layout: Layout
    private let version: String
    private var held: [WorkspacePath: Held] = [:]
    /// What this run has made of locks; nil for one that it took away.
    private var onDisk: [WorkspacePath: [UInt8]?] = [:]
    /// The manifests that other folders' entries name, and whether each is gone.
    private var gone: [WorkspacePath: Bool] = [:]
    /// The projects that this run makes former ones, and those that there are.
    var projects = Projects()

    /// Names of Compose projects, for the record of those that the manifest has no more.
    struct Projects {
        var former: Set<String> = []
        var present: Set<String> = []
    }

    /// Reads the lock beside the manifest, those that it names, and those of the folders in which artifacts lie.
    init(
        of artifacts: [Artifact], in root: RootFolder, layout: Layout, version: String
    ) throws(SystemFailure) {
        self.layout = layout
        self.version = version
        home = WorkspacePath(layout.folder)
        try read(home, in: root)
        for folder in lock(home).folders {
            if let other = home.appending(folder.text), !other.starts(with: home) { try read(other, in: root) }
        }
        for artifact in artifacts { try read(folder(of: artifact.path), in: root) }
    }

    private mutating func read(_ folder: WorkspacePath, in root: RootFolder) throws(SystemFailure) {
        if held[folder] != nil { return }
        let path = folder.parts + [Lock.fileName]
        var found = Held()
        switch try root.state(of: path) {
        case .missing: break
        case .file(let bytes, let identity): found = Held(lock: Lock(parsing: bytes), bytes: bytes, identity: identity)
        case .other(let what): throw SystemFailure("cannot use \(root.shown(path)): it is \(what)")
        case .unreachable(let obstacle):
            // Where artifacts are behind it, they tell it; nothing is read there.
            if folder == home { throw SystemFailure("cannot use \(obstacle.path): it is \(obstacle.kind)") }
        }
        guard found.lock.readFormat <= Lock.format else {
            let writer = found.lock.version.map { "bayplan \($0) wrote it" } ?? "a newer bayplan wrote it"
            throw SystemFailure(
                "cannot use \(root.shown(path)): its format is \(found.lock.readFormat), and bayplan \(version) knows formats up to "
                    + "\(Lock.format); \(writer), so use that version or a newer one")
        }
        for name in found.lock.hashes.keys where !name.manifest.isEmpty {
            guard let manifest = folder.appending(name.manifest), gone[manifest] == nil else { continue }
            if case .missing = root.look(at: manifest.parts, limit: 0) {
                gone[manifest] = true
            } else {
                gone[manifest] = false
            }
        }
        held[folder] = found
    }

    private func lock(_ folder: WorkspacePath) -> Lock { held[folder]?.lock ?? Lock() }

    /// The folder whose lock lists an artifact.
    private func folder(of path: [String]) -> WorkspacePath { Self.folder(of: WorkspacePath(path), home: home) }

    /// The folder whose lock lists an artifact of a manifest in a folder.
    static func folder(of artifact: WorkspacePath, home: WorkspacePath) -> WorkspacePath {
        artifact.starts(with: home) ? home : WorkspacePath(Array(artifact.parts.dropLast()))
    }

    /// The lock that lists an artifact, and whether it is there.
    func file(of path: [String]) -> (path: [String], isThere: Bool) {
        let folder = folder(of: path)
        return (folder.parts + [Lock.fileName], held[folder]?.bytes != nil)
    }

    private func name(of path: [String], in folder: WorkspacePath) -> Lock.Name {
        let manifest = folder == home ? "" : WorkspacePath(layout.folder + [layout.manifestName]).relative(from: folder)
        return Lock.Name(WorkspacePath(WorkspacePath(path).parts(below: folder) ?? path), of: manifest)
    }

    /// Whether an entry of a folder's lock may be about an artifact of this manifest: it names none other that is there.
    private func isOurs(_ name: Lock.Name, in folder: WorkspacePath) -> Bool {
        if folder == home { return name.manifest.isEmpty }
        if name.manifest.isEmpty { return false }
        guard let manifest = folder.appending(name.manifest) else { return false }
        return manifest == WorkspacePath(layout.folder + [layout.manifestName]) || gone[manifest] ?? false
    }

    /// The contents that were written to each place, of all entries that may be this manifest's.
    func written() -> [WorkspacePath: Set<String>] {
        var result: [WorkspacePath: Set<String>] = [:]
        for (folder, found) in held {
            for (name, hashes) in found.lock.hashes where isOurs(name, in: folder) {
                // A path that leaves the root names nothing.
                guard let path = folder.appending(name.path.text) else { continue }
                // Another spelling names nothing either: only 0.1 listed here what lies elsewhere.
                guard path.relative(from: folder) == name.path.text,
                    folder == home || path.parts.count == folder.parts.count + 1
                else { continue }
                result[path, default: []].formUnion(hashes)
            }
        }
        return result
    }

    /// The version that wrote these, where it is another one.
    var writer: String? {
        guard let home = held[home], home.bytes != nil else { return nil }
        if home.lock.readFormat == 1 { return home.lock.hashes.isEmpty ? nil : "0.1" }
        return home.lock.version == version ? nil : home.lock.version
    }

    /// Whether git left a conflict in a lock.
    var hasConflict: Bool { held.values.contains { $0.lock.hasConflict } }

    /// Whether a run was cut short.
    var isUnderWay: Bool { held.values.contains { $0.lock.isUnderWay } }

    /// The folders with a lock, in order.
    var folders: [WorkspacePath] { held.keys.sorted { $0.text.utf8.lexicographicallyPrecedes($1.text.utf8) } }

    // MARK: What is to be listed

    /// What becomes of the locks.
    struct Update {
        /// Each folder whose lock is another then; nil takes the file away.
        let locks: [(folder: WorkspacePath, bytes: [UInt8]?)]
    }

    /// The locks during a run: what is there, and what will be.
    ///
    /// - Parameter written: the places of artifacts with the hash that each will have.
    func transitional(_ written: [(path: [String], hash: String, isDrift: Bool)]) -> Update {
        var locks = held.mapValues(\.lock)
        var touched: Set<WorkspacePath> = [home]
        remember(in: &locks)
        for item in written {
            let folder = folder(of: item.path)
            locks[folder, default: Lock()].add(item.hash, for: name(of: item.path, in: folder))
            if item.isDrift { touched.insert(folder) }
            if folder != home { locks[home, default: Lock()].folders.insert(relative(folder)) }
        }
        return Update(
            locks: touched.sorted { $0.text < $1.text }.map { folder in
                var lock = locks[folder] ?? Lock()
                lock.isUnderWay = true
                lock.version = version
                return (folder, lock.bytes)
            })
    }

    /// The locks after a run.
    ///
    /// - Parameters:
    ///   - isComplete: whether the artifacts are all that there are, so that what else was listed is no longer.
    ///   - others: what lies below the manifest's folder and is some other manifest's.
    func final(
        _ written: [(path: [String], hash: String, isDrift: Bool)], isComplete: Bool, keeping others: Set<WorkspacePath>
    ) -> Update {
        var locks = held.mapValues { $0.lock }
        for (folder, found) in held {
            var lock = found.lock
            lock.isUnderWay = false
            if isComplete {
                lock = Lock()
                lock.formerProjects = found.lock.formerProjects
                for (name, hashes) in found.lock.hashes {
                    let path = folder.appending(name.path.text)
                    let isKept = !isOurs(name, in: folder) || path.map { others.contains($0) } ?? false
                    if isKept { lock.set(hashes, for: name) }
                }
            }
            locks[folder] = lock
        }
        remember(in: &locks)
        for item in written {
            let folder = folder(of: item.path)
            locks[folder, default: Lock()].set([item.hash], for: name(of: item.path, in: folder))
            if folder != home { locks[home, default: Lock()].folders.insert(relative(folder)) }
        }
        var result: [(folder: WorkspacePath, bytes: [UInt8]?)] = []
        for (folder, lock) in locks.sorted(by: { $0.key.text < $1.key.text }) {
            var lock = lock
            let old = held[folder]
            // Nobody's version is worth a change of its own.
            let isOld =
                old.map { $0.bytes != nil && $0.lock.readFormat == Lock.format && $0.lock.isSame(as: lock) } ?? false
            lock.version = isOld ? old?.lock.version ?? version : version
            let bytes = folder != home && lock.hashes.isEmpty ? nil : lock.bytes
            if bytes != current(folder) { result.append((folder, bytes)) }
        }
        return Update(locks: result)
    }

    /// Has the lock beside the manifest name the projects that are no more.
    private func remember(in locks: inout [WorkspacePath: Lock]) {
        let known = locks[home]?.formerProjects ?? []
        if known.isEmpty && projects.former.isEmpty { return }
        let names = known.union(projects.former).subtracting(projects.present)
        locks[home, default: Lock()].formerProjects = Set(names.sorted().prefix(Lock.mostFormerProjects))
    }

    private func relative(_ folder: WorkspacePath) -> WorkspacePath {
        let text = folder.relative(from: home)
        return WorkspacePath(text.utf8.split(separator: UInt8(ascii: "/")).map { String(Substring($0)) })
    }

    // MARK: Writing

    /// Replaces locks, which must be what was read or what this run wrote.
    mutating func apply(_ update: Update, to root: RootFolder) throws(SystemFailure) {
        var replacements: [Replacement] = []
        var deletions: [(path: [String], old: FileIdentity)] = []
        for (folder, bytes) in update.locks {
            let path = folder.parts + [Lock.fileName]
            var now: (bytes: [UInt8], identity: FileIdentity)?
            if case .file(let bytes, let identity) = try root.state(of: path) { now = (bytes, identity) }
            guard now?.bytes == current(folder) else {
                throw SystemFailure("\(root.shown(path)) was changed while bayplan ran; run it again")
            }
            onDisk[folder] = .some(bytes)
            guard let bytes else {
                if let now { deletions.append((path, now.identity)) }
                continue
            }
            let mode = held[folder]?.identity?.mode
            replacements.append(
                Replacement(
                    path: path, bytes: bytes, old: now?.identity, mode: mode, isExecutable: false,
                    isRemains: Lock.isLock, isSaved: mode != nil))
        }
        try root.replace(replacements)
        try root.delete(deletions)
    }

    /// The content that a lock has now, as far as this run knows.
    private func current(_ folder: WorkspacePath) -> [UInt8]? {
        if let written = onDisk[folder] { return written }
        return held[folder]?.bytes
    }
}
