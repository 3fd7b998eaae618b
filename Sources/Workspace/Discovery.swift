import Diagnostics
import SourceText

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Finding the manifest and resolving the places that the user names.
package enum Discovery {
    /// The manifest in the current folder or the nearest one above: its path as messages show it. Files of other programs
    /// that have its name are passed by.
    ///
    /// - Throws: where two lie in one folder.
    package static func nearestManifest() throws(SystemFailure) -> String? {
        var prefix = ""
        let depth = WorkspacePath(absolute: currentFolder()).parts.count
        for _ in 0...depth {
            if let found = try manifest(in: prefix) { return found }
            prefix += "../"
        }
        return nil
    }

    /// The manifest in a folder.
    ///
    /// - Parameter prefix: the folder with its slash, or nothing for the current one.
    private static func manifest(in prefix: String) throws(SystemFailure) -> String? {
        let found = ManifestFile.names.map { prefix + $0 }.filter { isFile($0) && !isOthers($0) }
        if found.count > 1 {
            throw SystemFailure(
                "both \(found[0]) and \(found[1]) are manifests: name the one that is meant, or remove the other")
        }
        return found.first
    }

    /// A file of a manifest's name in the current folder that is another program's.
    package static func othersManifest() -> String? { ManifestFile.names.first { isFile($0) && isOthers($0) } }

    private static func isOthers(_ path: String) -> Bool {
        guard let beginning = try? readBeginning(of: path) else { return false }
        return ManifestFile.isOthers(beginning)
    }

    /// The absolute path of a folder with all links resolved, or nil when there is none.
    package static func canonical(_ path: String) -> String? {
        guard let resolved = realpath(path.isEmpty ? "." : path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// Refuses a path of the command line that has more bytes or parts than are read.
    ///
    /// - Parameter what: what it is, as a sentence begins: `the root`.
    package static func expectReadable(_ path: String?, _ what: String) throws(SystemFailure) {
        if let path, let excess = WorkspacePath.excess(of: path) {
            throw SystemFailure("\(what) has a path that is not read: \(excess)")
        }
    }

    /// The folder below which Bayplan reads and writes, canonical.
    ///
    /// - Parameters:
    ///   - stated: what the user states; nil is the top of the checkout that holds the manifest, or else its folder.
    ///   - folder: the manifest's folder, canonical.
    ///   - held: a folder that the root is to hold, too.
    package static func root(
        _ stated: String?, of folder: String, holding held: String? = nil
    ) throws(SystemFailure) -> String {
        func found(_ path: String) throws(SystemFailure) -> String {
            if let found = canonical(path) { return found }
            throw SystemFailure("there is no folder \(path), which is to be the root")
        }
        let root = try stated.map(found) ?? checkoutTop(ofCanonical: folder) ?? folder
        guard let held else { return root }
        return common(root, try found(held))
    }

    /// The deepest folder that holds both, all canonical.
    package static func common(_ one: String, _ other: String) -> String {
        "/" + WorkspacePath(absolute: one).common(with: WorkspacePath(absolute: other)).parts.joined(separator: "/")
    }

    /// The top of the git checkout that holds a folder: the nearest one above, or itself, with a `.git`.
    ///
    /// Nothing of git's is read.
    package static func checkoutTop(of folder: String) -> String? {
        canonical(folder).flatMap { checkoutTop(ofCanonical: $0) }
    }

    private static func checkoutTop(ofCanonical folder: String) -> String? {
        var path = folder
        while true {
            if isThere((path == "/" ? "" : path) + "/.git") { return path }
            if path == "/" { return nil }
            path = WorkspacePath.folderAndName(of: path).folder
        }
    }

    private static func isThere(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0
    }

    /// The components that lead from one canonical folder down to another; nil when the other is not below it.
    package static func components(from root: String, to folder: String) -> [String]? {
        WorkspacePath(absolute: folder).parts(below: WorkspacePath(absolute: root))
    }

    /// The components that lead from the root to a path that the user names, which need not be there; nil when it does
    /// not lie below the root. Links in the folders that are there are resolved, the last component is not.
    ///
    /// A path of more bytes or parts than are read lies nowhere.
    package static func place(of path: String, below root: String) -> [String]? {
        if WorkspacePath.excess(of: path) != nil { return nil }
        let stated = WorkspacePath(absolute: path.hasPrefix("/") ? path : currentFolder() + "/" + path)
        // What is not there any more has nothing to resolve.
        var known = stated.parts.dropLast()
        while true {
            if let folder = canonical("/" + known.joined(separator: "/")) {
                let rest = stated.parts[known.count...].joined(separator: "/")
                return components(from: root, to: folder + "/" + rest)
            }
            if known.popLast() == nil { return nil }
        }
    }

    /// The end of a sentence about a path at which nothing lies: what was meant, where a name beside it is near.
    package static func suggestion(for path: String) -> String {
        let (folder, name) = WorkspacePath.folderAndName(of: path)
        // A folder may hold any number of files.
        var steps = 1 << 20
        guard let near = closestMatch(to: name, among: names(in: folder), within: &steps) else { return "" }
        return "; did you mean `\(near)`, which lies there?"
    }

    /// The end of a sentence about a manifest that is stated and not there: what was meant, or what to do.
    static func manifestInstead(of path: String) -> String {
        let near = suggestion(for: path)
        if !near.isEmpty { return near }
        let (folder, _) = WorkspacePath.folderAndName(of: path)
        if !isFolder(folder) { return "; there is no folder `\(folder)`" + suggestion(for: folder) }
        let other = (try? manifest(in: folder == "." ? "" : folder == "/" ? "/" : folder + "/")) ?? nil
        if let other { return "; `\(other)` is there" }
        if let nearest = (try? nearestManifest()) ?? nil { return "; the nearest manifest is `\(nearest)`" }
        return "; `bayplan init` writes a manifest to begin with, and `bayplan import` one from Compose files"
    }

    /// The names of what lies in a folder, sorted by their bytes; empty when it cannot be read.
    package static func names(in folder: String) -> [String] {
        guard let handle = opendir(folder.isEmpty ? "." : folder) else { return [] }
        defer { closedir(handle) }
        var names: [String] = []
        while let entry = readdir(handle) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: entry.pointee.d_name)) {
                    String(cString: $0)
                }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// Whether a path leads to a folder.
    package static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    private static func currentFolder() -> String { canonical(".") ?? "/" }

    /// Whether a path leads to a regular file.
    package static func isFile(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }
}
