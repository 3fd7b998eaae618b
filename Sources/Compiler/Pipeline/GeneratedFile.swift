import Emission
import SourceText
import Workspace

/// A file that Bayplan writes into the folder of a project, whose manifest lies elsewhere.
enum GeneratedFile {
    /// The first Compose file of a folder whose header names a manifest that is there: its name, and the manifest's path
    /// from the folder.
    static func named(in folder: String) -> (file: String, manifest: String)? {
        guard let root = try? RootFolder(folder) else { return nil }
        let names = Discovery.names(in: folder).filter { $0.hasSuffix(".yml") || $0.hasSuffix(".yaml") }
        for name in names.prefix(mostFiles) {
            guard case .file(let bytes) = root.look(at: [name], limit: mostBytes),
                let manifest = Header.manifest(namedBy: bytes),
                WorkspacePath.excess(of: manifest) == nil, !manifest.hasPrefix("/"),
                Discovery.isFile(folder + "/" + manifest)
            else { continue }
            return (name, manifest)
        }
        return nil
    }

    /// Whether a path leads to a manifest, a lock, or what Bayplan wrote and is no YAML.
    static func isNoComposeFile(_ path: String) -> Bool {
        guard Discovery.isFile(path) else { return false }
        let (folder, name) = WorkspacePath.folderAndName(of: path)
        if ManifestFile.names.contains(name) || name == Lock.fileName { return true }
        guard name.hasSuffix(".json") || !WorkspacePath.isYAML(name), let root = try? RootFolder(folder),
            case .file(let bytes) = root.look(at: [name], limit: mostBytes)
        else { return false }
        return Header.manifest(namedBy: bytes) != nil
    }

    /// The files that are looked at.
    private static let mostFiles = 100
    /// The bytes of the largest file that is read.
    private static let mostBytes = 16 << 20
}
