import Dockerfiles
import SourceText
import Workspace

/// Hashes what Docker would send of one folder.
///
/// A folder that is ignored, but below which something is not, is sent too: it is kept aside until that is known.
struct ContextHash {
    private let rules: IgnoreFile
    private var hash = SHA256()
    /// What the ignore file may still cost; exhausted, the digest means nothing.
    private(set) var steps = IgnoreSteps()

    init(_ rules: IgnoreFile) { self.rules = rules }

    func digest() -> [UInt8] { hash.digest() }

    /// - Parameters:
    ///   - digests: what looks before have found of the files; nil where every file is read.
    ///   - onEntry: is called for each file and folder that is found.
    /// - Returns: false when the folder is missing.
    mutating func run(
        _ folder: [String], in root: RootFolder, digests: KnownDigests? = nil, onEntry: () -> Void = {}
    ) throws(SystemFailure) -> Bool {
        // The state of each folder that leads to the entry at hand, and whether it was hashed.
        var open: [(path: [UInt8], state: IgnoreState, entry: FolderEntry?)] = [([], IgnoreState(rules), nil)]
        var isSent = true
        func lies(_ path: [UInt8], in folder: [UInt8]) -> Bool {
            folder.isEmpty || (path.count > folder.count && path[folder.count] == 0x2F && path.starts(with: folder))
        }
        var hash = self.hash
        var steps = self.steps
        let isThere = try root.walk(folder, digests: digests) { path, isFolder in
            while open.count > 1, let last = open.last, !lies(path, in: last.path) { open.removeLast() }
            if steps.areExhausted { return .leave }
            let state = (open.last?.state ?? IgnoreState(rules)).entry(path, &steps)
            isSent = !state.isIgnored
            guard isFolder else { return isSent ? .take : .leave }
            guard state.mustEnter(path) else { return .leave }
            open.append((path, state, nil))
            return .take
        } found: { (entry) throws(SystemFailure) in
            onEntry()
            if !isSent, entry.kind == .folder {
                open[open.count - 1].entry = entry
                return
            }
            for index in open.indices {
                guard let waiting = open[index].entry else { continue }
                hash.append(waiting.record)
                open[index].entry = nil
            }
            hash.append(entry.record)
        }
        self.hash = hash
        self.steps = steps
        return isThere
    }
}

extension FolderEntry {
    fileprivate var record: [UInt8] {
        var record = FingerprintRecord()
        write(to: &record)
        return record.bytes
    }
}
