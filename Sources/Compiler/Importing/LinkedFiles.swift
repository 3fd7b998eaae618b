import Importing
import SourceText
import Workspace

/// Files below the root, read through links as long as these stay below it.
struct LinkedFiles {
    /// The root, canonical.
    let top: String
    private let root: RootFolder
    /// The bytes of the largest file that is read.
    private let limit: Int

    init(below top: String, limit: Int) throws(SystemFailure) {
        self.top = top
        self.limit = limit
        root = try RootFolder(top)
    }

    func content(_ path: FilePath) -> FileContent {
        switch read(path) {
        case .missing: return .missing
        case .file(let bytes): return .bytes(bytes)
        case .folder: return .refused("a folder")
        case .other(let what): return .refused(what)
        }
    }

    private func read(_ path: FilePath) -> Sight {
        if let refusal = refusal(of: path) { return refusal }
        let found = root.look(at: path, limit: limit)
        guard case .other = found else { return found }
        // The path that the links lead to is read without following any.
        guard let real = Discovery.canonical(top + "/" + path.joined(separator: "/")) else { return .missing }
        guard let place = Discovery.components(from: top, to: real) else {
            return .other("a symbolic link that leads outside the root, from which nothing is read")
        }
        // A Compose file may be shown, and `.env` may not.
        guard WorkspacePath.isYAML(place.last ?? "") || !WorkspacePath.isYAML(path.last ?? "") else {
            return .other("a symbolic link to a file whose name does not end in `.yaml` or `.yml`")
        }
        return place == path ? found : refusal(of: place) ?? root.look(at: place, limit: limit)
    }

    /// Nothing that git keeps for itself is a Compose file.
    private func refusal(of path: FilePath) -> Sight? {
        path.contains(where: WorkspacePath.isGitFolder) ? .other("in `.git`, which belongs to git") : nil
    }
}
