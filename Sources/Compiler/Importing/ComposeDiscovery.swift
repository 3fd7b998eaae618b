import Importing
import SourceText
import Workspace

/// Which files form which projects: what the arguments of `import` name, found as Compose itself finds it.
struct ComposeDiscovery {
    /// A project with its folder on this machine.
    struct Found {
        /// Canonical.
        let folder: String
        /// Names in that folder, or paths relative to it.
        var files: [String]
        /// How many of them an environment stands on.
        var base: Int
        var environments: [(name: String, file: String)] = []
        /// Whether the user asked for the environments; otherwise those are taken that fit.
        var wantsEnvironments = false
        /// What Compose calls the project where neither files nor `.env` do.
        var usualName: String?
        /// `COMPOSE_PROJECT_NAME` of the folder's `.env`.
        var statedName: String?
        /// The path of the `.env` that names the files, as messages show it.
        var namingFile: String?
    }

    /// What one word of the command line names.
    enum Argument {
        /// As the user reached it, and canonical.
        case folder(String, canonical: String)
        /// The files of one project, the first of which lies in this folder.
        case files([String], canonical: String)

        /// - Parameter text: a folder, a file, or files joined by `:` that make one project.
        init(_ text: String) throws(SystemFailure) {
            for path in text.split(separator: ":") { try Discovery.expectReadable(String(path), "a Compose file") }
            if Discovery.isFolder(text) {
                self = .folder(text, canonical: try ComposeDiscovery.canonical(text))
                return
            }
            let isOne = Discovery.isFile(text) || !text.contains(":")
            let paths = isOne ? [text] : text.split(separator: ":").map(String.init)
            for path in paths where !Discovery.isFile(path) {
                throw SystemFailure(
                    (paths.count == 1 ? "there is no file or folder \(path)" : "there is no file \(path)")
                        + Discovery.suggestion(for: path))
            }
            guard let first = paths.first else { throw SystemFailure("there is no file \(text)") }
            let (folder, name) = WorkspacePath.folderAndName(of: first)
            if ManifestFile.names.contains(name) {
                throw SystemFailure("\(first) is a manifest; import reads Compose files and folders that hold one")
            }
            self = .files(paths, canonical: try ComposeDiscovery.canonical(folder))
        }

        var folder: String {
            switch self {
            case .folder(_, let canonical), .files(_, let canonical): canonical
            }
        }
    }

    private(set) var projects: [Found] = []
    /// The folder and the files of each project.
    private var known: Set<[String]> = []
    /// The files of the projects and of their environments, in their folders.
    private var held: Set<[String]> = []
    /// The folders, of several words, that hold no Compose file.
    private(set) var withoutFile: [String] = []
    private let isOneOfMany: Bool
    private let files: LinkedFiles
    private let wantsEnvironments: Bool

    /// The names that Compose looks for, in its order.
    static let names = ["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"]
    /// The names of the file that Compose merges over the one it found, in its order.
    static let overrides = ["compose", "docker-compose"].flatMap { ["\($0).override.yml", "\($0).override.yaml"] }

    /// - Parameter wantsEnvironments: whether a file beside a project's own is an environment even if it does not fit.
    init(_ arguments: [Argument], in files: LinkedFiles, wantsEnvironments: Bool) throws(SystemFailure) {
        self.files = files
        self.wantsEnvironments = wantsEnvironments
        isOneOfMany = arguments.count > 1
        for argument in arguments {
            switch argument {
            case .folder(let path, let folder): try addFolder(path, folder)
            case .files(let paths, let folder) where paths.count > 1:
                append(try project(of: paths, in: folder))
            case .files: break
            }
        }
        try addSingleFiles(arguments)
    }

    // MARK: Folders

    /// What `docker compose` reads in a folder: the files that its `.env` names, or those that it looks for.
    private mutating func addFolder(_ path: String, _ folder: String) throws(SystemFailure) {
        let shown = path.hasSuffix("/") ? String(path.dropLast()) : path
        let variables = variables(of: folder)
        if let variables, let list = variables.values["COMPOSE_FILE"] {
            let separator = variables.values["COMPOSE_PATH_SEPARATOR"].flatMap { $0.isEmpty ? nil : $0 } ?? ":"
            let names = Self.split(list, at: separator).filter { !$0.isEmpty }
            let paths = names.map { $0.hasPrefix("/") ? $0 : shown + "/" + $0 }
            if let first = paths.first {
                for (name, path) in zip(names, paths) where !Discovery.isFile(path) {
                    throw SystemFailure("\(shown)/.env names \(name) in COMPOSE_FILE, and there is no such file")
                }
                var found = try project(
                    of: paths, in: try Self.canonical(WorkspacePath.folderAndName(of: first).folder))
                found.statedName = variables.values["COMPOSE_PROJECT_NAME"] ?? found.statedName
                found.namingFile = (shown == "." ? "" : shown + "/") + ".env"
                return append(found)
            }
        }
        guard let name = Self.names.first(where: { Discovery.isFile(folder + "/" + $0) }) else {
            if isOneOfMany { return withoutFile.append(shown) }
            throw SystemFailure("there is no Compose file in \(path): none of \(Self.names.joined(separator: ", "))")
        }
        var found = described(Found(folder: folder, files: [name], base: 1), reachedBy: shown, variables)
        let present = Discovery.names(in: folder)
        if let override = Self.overrides.first(where: { present.contains($0) }) { found.files.append(override) }
        found.environments = environments(of: name, among: present)
        append(found)
    }

    /// The files that are named for an environment of a file.
    private func environments(of base: String, among names: [String]) -> [(name: String, file: String)] {
        // Only what Compose looks for has others of its name: `compose.production.yaml` belongs to no `app.yaml`.
        guard Self.names.contains(base) else { return [] }
        let stem = base[..<(base.lastIndex(of: ".") ?? base.endIndex)]
        var found: [(name: String, file: String)] = []
        var isFound: Set<String> = ["override"]
        for name in names where Self.base(of: name)?.hasPrefix(stem + ".") == true && name != base {
            let environment = String(name.dropFirst(stem.count + 1).prefix { $0 != "." })
            if isFound.insert(environment).inserted { found.append((environment, name)) }
        }
        return found
    }

    // MARK: Files

    /// Files that were named one by one: each is a project, but for what adds to another one of the same folder.
    private mutating func addSingleFiles(_ arguments: [Argument]) throws(SystemFailure) {
        var folders: [String] = []
        var paths: [String: [String]] = [:]
        for case .files(let words, let folder) in arguments where words.count == 1 {
            if paths[folder] == nil { folders.append(folder) }
            paths[folder, default: []].append(words[0])
        }
        for folder in folders {
            let files = (paths[folder] ?? []).map { (path: $0, name: WorkspacePath.folderAndName(of: $0).name) }
            let names = files.map(\.name)
            // Nothing adds to any other name.
            let bases = Self.names.filter(Set(names).contains)
            for (path, name) in files {
                let adds = bases.contains { $0 != name && Self.adds(name, to: $0) }
                // It was named before, or the folder was, which holds it.
                if adds || held.contains([folder, name]) { continue }
                var found = try project(of: [path], in: folder)
                let others = bases.contains(name) ? names.filter { $0 != name && Self.adds($0, to: name) } : []
                found.files += others.filter { Self.overrides.contains($0) }.prefix(1)
                found.environments = environments(
                    of: name, among: wantsEnvironments ? Discovery.names(in: folder) : others)
                found.wantsEnvironments = true
                append(found)
            }
        }
    }

    /// The project of files that Compose would be given with several `-f`.
    private func project(of paths: [String], in folder: String) throws(SystemFailure) -> Found {
        var files: [String] = []
        for path in paths {
            let (place, name) = WorkspacePath.folderAndName(of: path)
            let other = try Self.canonical(place)
            files.append(other == folder ? name : Self.relative(from: folder, to: other) + "/" + name)
        }
        return described(
            Found(folder: folder, files: files, base: files.count),
            reachedBy: WorkspacePath.folderAndName(of: paths[0]).folder, variables(of: folder))
    }

    /// Adds what Compose calls a project.
    ///
    /// - Parameter variables: what the folder's `.env` sets.
    private func described(_ found: Found, reachedBy path: String, _ variables: DotEnv?) -> Found {
        var found = found
        let last = path.split(separator: "/").last.map(String.init)
        found.usualName = last == "." || last == ".." ? nil : last
        found.statedName = variables?.values["COMPOSE_PROJECT_NAME"].flatMap { $0.isEmpty ? nil : $0 }
        found.wantsEnvironments = wantsEnvironments
        return found
    }

    private mutating func append(_ found: Found) {
        guard known.insert([found.folder] + found.files).inserted else { return }
        for file in found.files + found.environments.map(\.file) { held.insert([found.folder, file]) }
        projects.append(found)
    }

    private func variables(of folder: String) -> DotEnv? {
        guard let place = Discovery.components(from: files.top, to: folder),
            case .bytes(let bytes) = files.content(place + [".env"])
        else { return nil }
        return DotEnv(bytes)
    }

    // MARK: Names and paths

    /// Whether a file is an override or an environment of another one, by its name.
    private static func adds(_ name: String, to base: String) -> Bool {
        guard let stem = self.base(of: name)?.split(separator: ".").first, self.base(of: base) == base else {
            return false
        }
        return self.base(of: name) != name && (base.hasPrefix(stem + ".") || overrides.contains(name))
    }

    /// The file that a file's name adds to, or the name itself where it is one that Compose looks for.
    ///
    /// `compose.production.yaml` and `compose.override.yml` belong to `compose.yaml`; nil for any other name.
    private static func base(of name: String) -> String? {
        if names.contains(name) { return name }
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, ["compose", "docker-compose"].contains(parts[0]), ["yml", "yaml"].contains(parts[2]),
            let first = parts[1].utf8.first, first != UInt8(ascii: "-"),
            parts[1].utf8.allSatisfy({ byte in
                (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || byte == UInt8(ascii: "-")
                    || byte == UInt8(ascii: "_")
            })
        else { return nil }
        return parts[0] + "." + parts[2]
    }

    private static func split(_ text: String, at separator: String) -> [String] {
        var parts: [String] = []
        var rest = Substring(text)
        while let place = rest.firstRange(of: separator) {
            parts.append(String(rest[..<place.lowerBound]))
            rest = rest[place.upperBound...]
        }
        return parts + [String(rest)]
    }

    private static func canonical(_ folder: String) throws(SystemFailure) -> String {
        guard let path = Discovery.canonical(folder) else { throw SystemFailure("there is no folder \(folder)") }
        return path
    }

    /// The text that leads from one canonical folder to another.
    static func relative(from folder: String, to other: String) -> String {
        WorkspacePath(absolute: other).relative(from: WorkspacePath(absolute: folder))
    }
}
