import Emission
import SourceText
import StrategyManifest
import Threads
import Workspace

/// Every artifact compared with what is on disk and with what Bayplan wrote last.
///
/// A file is Bayplan's to replace or delete when it begins with the header that names this manifest and a lock knows its
/// content. A lock alone, which may come from a stranger like everything else, makes nothing Bayplan's.
package struct Changes {
    package var items: [Change] = []
    private(set) var locks: Locks
    /// The contents that the locks list for each place, as they were when this was compared.
    let written: [WorkspacePath: Set<String>]
    /// How messages write a path from the root.
    let shown: ([String]) -> String
    private let header: Header
    private let isComplete: Bool
    /// The Compose projects whose files this run replaces by others' or takes away.
    private(set) var formerProjects: [FormerProject] = []
    /// What lies below the manifest's folder and is another manifest's.
    private var others: Set<WorkspacePath> = []

    /// Compares.
    ///
    /// - Parameters:
    ///   - isComplete: whether the artifacts are all there are, so that others in the lock are left over.
    ///   - version: this program's.
    ///   - projects: the names of all projects that the manifest has.
    package init(
        _ artifacts: [Artifact], in root: RootFolder, layout: Layout, isComplete: Bool, version: String,
        projects: [String] = [], progress: ((Progress) -> Void)? = nil
    ) throws(SystemFailure) {
        self.isComplete = isComplete
        shown = root.shown.callAsFunction
        header = Header(layout)
        locks = try Locks(of: artifacts, in: root, layout: layout, version: version)
        written = locks.written()
        let manifest = try root.identity(of: layout.folder + [layout.manifestName])
        items.reserveCapacity(artifacts.count)
        for artifact in artifacts {
            progress?(.done("comparing artifacts", items.count, of: artifacts.count))
            let known = written[WorkspacePath(artifact.path)] ?? []
            var item = try classify(artifact, known, in: root)
            // Whatever its name: no folder tells case apart everywhere.
            if let identity = item.identity, identity == manifest { item.kind = .blocked("the manifest") }
            items.append(item)
        }
        if isComplete { try addLeftOvers(manifest, layout, in: root) }
        let present = Set(projects)
        formerProjects = FormerProject.all(items, present: present)
        locks.projects = Locks.Projects(former: Set(formerProjects.map(\.name)), present: present)
    }

    private func classify(
        _ artifact: Artifact, _ known: Set<String>, in root: RootFolder
    ) throws(SystemFailure) -> Change {
        func change(_ kind: Change.Kind, _ old: [UInt8]? = nil, _ identity: FileIdentity? = nil) -> Change {
            Change(
                path: artifact.path, shown: root.shown(artifact.path), kind: kind, old: old, identity: identity,
                artifact: artifact)
        }
        switch try root.state(of: artifact.path, likely: artifact.bytes) {
        case .missing:
            return change(.create)
        case .other(let what):
            return change(.blocked(what))
        case .unreachable(let obstacle):
            return change(.unreachable(obstacle))
        case .file(let bytes, let identity):
            if isSame(bytes, artifact.bytes) {
                let lacksMode = artifact.isExecutable && identity.mode & 0o111 == 0
                return change(lacksMode ? .makeExecutable : .unchanged, artifact.bytes, identity)
            }
            if !known.isEmpty, Self.isTorn(bytes, artifact.path) { return change(.update, bytes, identity) }
            var found: Change
            switch owner(of: bytes, at: artifact.path, in: root) {
            case .thisManifest, .goneManifest:
                found = change(known.contains(SHA256.hex(of: bytes)) ? .update : .edited, bytes, identity)
                found.isOurs = true
                found.isConflict = Self.holdsConflict(bytes)
                found.isMerged = known.count > 1 || locks.hasConflict || found.isConflict
                if known.isEmpty, !found.isMerged {
                    found.missingLock = root.shown(locks.file(of: artifact.path).path)
                }
            case .otherManifest(let name): found = change(.foreign(name), bytes, identity)
            case .somebody: found = change(known.isEmpty ? .foreign(nil) : .edited, bytes, identity)
            }
            return found
        }
    }

    private enum Owner {
        case thisManifest
        /// A manifest that is no longer there: this one's former name, if a lock knows the content.
        case goneManifest
        case otherManifest(String)
        case somebody
    }

    private func owner(of bytes: [UInt8], at path: [String], in root: RootFolder) -> Owner {
        if header.isBorne(by: bytes, at: path) { return .thisManifest }
        guard let name = Header.manifest(namedBy: bytes) else { return .somebody }
        guard WorkspacePath.excess(of: name) == nil, !name.hasPrefix("/"),
            let place = WorkspacePath(path.dropLast()).appending(name),
            case .missing = root.look(at: place.parts, limit: 0)
        else { return .otherManifest(name) }
        return .goneManifest
    }

    /// Whether a file is what a loss of power can leave of a new one: empty, or full of zeros.
    ///
    /// Nobody's work is in it. But an empty file can be there for a reason, and a lock can be forged: only under a name
    /// that Bayplan gives of itself is such a file taken for its own.
    private static func isTorn(_ bytes: [UInt8], _ path: [String]) -> Bool {
        guard let name = path.last, ArtifactKind.allCases.contains(where: { $0.mayBeNamed(name) }) else { return false }
        return bytes.allSatisfy { $0 == 0 }
    }

    /// Whether git left a conflict in a file.
    private static func holdsConflict(_ bytes: [UInt8]) -> Bool {
        bytes.split(separator: 0x0A).contains { $0.starts(with: "<<<<<<< ".utf8) }
    }

    private mutating func addLeftOvers(
        _ manifest: FileIdentity?, _ layout: Layout, in root: RootFolder
    ) throws(SystemFailure) {
        let emitted = Set(items.map { WorkspacePath($0.path) })
        let live = Set(items.compactMap(\.identity) + [manifest].compactMap { $0 })
        let left = written.filter { !emitted.contains($0.key) }
        for (path, hashes) in left.sorted(by: { $0.key.text.utf8.lexicographicallyPrecedes($1.key.text.utf8) }) {
            // What lies behind a link is not Bayplan's to delete, nor what is emitted under a name in another case.
            guard case .file(let bytes, let identity) = try root.state(of: path.parts), !live.contains(identity) else {
                continue
            }
            let isKnown = hashes.contains(SHA256.hex(of: bytes))
            switch owner(of: bytes, at: path.parts, in: root) {
            case .goneManifest where !isKnown, .somebody: continue
            case .otherManifest:
                if path.starts(with: WorkspacePath(layout.folder)) { others.insert(path) }
            case .thisManifest, .goneManifest:
                var item = Change(
                    path: path.parts, shown: root.shown(path.parts), kind: isKnown ? .delete : .editedLeftOver,
                    old: bytes,
                    identity: identity, artifact: nil)
                item.isOurs = true
                items.append(item)
            }
        }
    }

    // MARK: Writing

    /// Does what is to be done; nothing may be refused any more.
    ///
    /// The locks name the old and the new content while files are replaced, and that a run is at work: one that is cut
    /// short anywhere leaves nothing that the next run, with this manifest or another, takes for somebody's edit, and
    /// no file that it does not take away.
    package mutating func apply(to root: RootFolder, progress: ((Progress) -> Void)? = nil) throws(SystemFailure) {
        try discardRemains(in: root)
        let written = zip(items, hashes(of: items)).compactMap { item, hash in
            hash.map { (path: item.path, hash: $0, isDrift: item.isDrift) }
        }
        if items.contains(where: \.isDrift) {
            try locks.apply(locks.transitional(written), to: root)
            let replacements = items.compactMap(replacement)
            try root.replace(replacements) { progress?(.done("writing artifacts", $0, of: replacements.count)) }
            try root.delete(
                items.compactMap { item in
                    item.artifact == nil ? item.identity.map { (item.path, $0) } : nil
                })
        }
        try locks.apply(locks.final(written, isComplete: isComplete, keeping: others), to: root)
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
        for folder in locks.folders {
            try root.discardRemains(of: folder.parts + [Lock.fileName], ifTheyAre: Lock.isLock)
        }
        guard locks.isUnderWay else { return }
        for path in Set(items.map { WorkspacePath($0.path) }).union(written.keys) {
            try root.discardRemains(of: path.parts, ifTheyAre: remains(of: path.parts))
        }
    }

    /// Whether bytes are what a cut can leave of an artifact of this manifest.
    private func remains(of path: [String]) -> ([UInt8]) -> Bool {
        let header = header
        return { bytes in header.beginnings(of: path).contains { bytes.starts(with: $0) || $0.starts(with: bytes) } }
    }

    private func replacement(for change: Change) -> Replacement? {
        guard let artifact = change.artifact, change.isDrift, !change.isBlocked else { return nil }
        let mode = change.identity.map { artifact.isExecutable ? $0.mode | ($0.mode & 0o444) >> 2 : $0.mode }
        return Replacement(
            path: change.path, bytes: artifact.bytes, old: change.identity, mode: mode,
            isExecutable: artifact.isExecutable, isRemains: remains(of: change.path))
    }
}
