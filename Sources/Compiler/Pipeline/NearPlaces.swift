import Workspace

/// What lies where something misspelt may be meant. Thousands may be misspelt beside one folder or file: each is looked
/// at once.
final class NearPlaces {
    private let root: RootFolder
    private var listed: [[String]: [String]] = [:]
    private var files: [[String]: Bool] = [:]

    init(below root: RootFolder) { self.root = root }

    func names(in folder: [String]) -> [String] {
        if let known = listed[folder] { return known }
        let names = root.names(in: folder)
        listed[folder] = names
        return names
    }

    func isFile(_ path: [String]) -> Bool {
        if let known = files[path] { return known }
        let isFile = if case .file = root.look(at: path, limit: ProjectFolders.limit) { true } else { false }
        files[path] = isFile
        return isFile
    }

    func isFolder(_ path: [String]) -> Bool {
        if case .folder = root.look(at: path, limit: 0) { true } else { false }
    }
}
