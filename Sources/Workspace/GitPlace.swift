#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Where the repository of a checkout lies.
///
/// It is looked for without git, by `.git` alone: git takes every folder for a repository that holds what a bare one
/// does, and such files can be committed, while no `.git` can.
package struct GitPlace: Sendable {
    /// The canonical path of the folder that holds the `.git`.
    package let top: String
    /// What is this checkout's own: HEAD and the index.
    let own: String
    /// What linked worktrees share: objects, references and configuration.
    let common: String

    /// Finds the nearest checkout that a folder, by its canonical path, lies in; nil when there is none.
    package init?(of folder: String) {
        var top = folder
        while true {
            if let place = GitPlace(at: top) {
                self = place
                return
            }
            guard top != "/", let slash = top.lastIndex(of: "/") else { return nil }
            top = slash == top.startIndex ? "/" : String(top[..<slash])
        }
    }

    /// The checkout whose top is a folder; nil when it holds no `.git` that leads to a repository.
    init?(at top: String) {
        let entry = (top == "/" ? "" : top) + "/.git"
        let own: String
        if Discovery.isFile(entry) {
            guard let text = Self.firstLine(of: entry), text.hasPrefix("gitdir: ") else { return nil }
            own = Self.path(String(text.dropFirst("gitdir: ".count)), from: top)
        } else {
            own = entry
        }
        guard Discovery.isFile(own + "/HEAD") || Self.isLink(own + "/HEAD") else { return nil }
        let shared = Self.firstLine(of: own + "/commondir").map { Self.path($0, from: own) } ?? own
        guard Discovery.isFolder(shared + "/objects"), Discovery.isFolder(shared + "/refs") else { return nil }
        (self.top, self.own, common) = (top, own, shared)
    }

    private static func path(_ path: String, from folder: String) -> String {
        path.hasPrefix("/") ? path : folder + "/" + path
    }

    /// The first line of a small file; nil when there is no such file, or nothing in it.
    private static func firstLine(of path: String) -> String? {
        guard let bytes = try? readFile(path, limit: 65536), let line = bytes.split(separator: 0x0A).first else {
            return nil
        }
        return String(decoding: line, as: UTF8.self)
    }

    /// Old repositories have a HEAD that is a link to a branch, which need not be there.
    private static func isLink(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
    }
}
