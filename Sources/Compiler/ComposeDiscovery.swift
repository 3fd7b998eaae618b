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
        var environments: [(name: String, file: String)]
    }

    private(set) var projects: [Found] = []

    /// The names that Compose looks for, in its order.
    static let names = ["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"]

    /// - Parameter arguments: folders, files, or files joined by `:` that make one project.
    init(_ arguments: [String]) throws(SystemFailure) {
        for argument in arguments { try add(argument) }
    }

    private mutating func add(_ argument: String) throws(SystemFailure) {
        for path in argument.split(separator: ":") { try Discovery.expectReadable(String(path), "a Compose file") }
        if Discovery.isFolder(argument) {
            guard let name = Self.names.first(where: { Discovery.isFile(argument + "/" + $0) }) else {
                throw SystemFailure(
                    "there is no Compose file in \(argument): none of \(Self.names.joined(separator: ", "))")
            }
            return try add(folder: argument, base: name)
        }
        if Discovery.isFile(argument) || !argument.contains(":") {
            guard Discovery.isFile(argument) else { throw SystemFailure("there is no file or folder \(argument)") }
            let (folder, name) = WorkspacePath.folderAndName(of: argument)
            if name == "strategy.yaml" || name == "strategy.yml" {
                throw SystemFailure("\(argument) is a manifest; import reads Compose files and folders that hold one")
            }
            if let base = Self.base(of: name), Discovery.isFile(folder + "/" + base) {
                return try add(folder: folder, base: base)
            }
            return append(Found(folder: try canonical(folder), files: [name], base: 1, environments: []))
        }
        let paths = argument.split(separator: ":").map(String.init)
        for path in paths where !Discovery.isFile(path) { throw SystemFailure("there is no file \(path)") }
        guard let first = paths.first else { throw SystemFailure("there is no file \(argument)") }
        let folder = try canonical(WorkspacePath.folderAndName(of: first).folder)
        var files: [String] = []
        for path in paths {
            let (place, name) = WorkspacePath.folderAndName(of: path)
            let other = try canonical(place)
            files.append(other == folder ? name : Self.relative(from: folder, to: other) + "/" + name)
        }
        append(Found(folder: folder, files: files, base: files.count, environments: []))
    }

    /// A folder's project: its file, the override file that Compose merges by itself, and a file for each environment.
    private mutating func add(folder: String, base: String) throws(SystemFailure) {
        let dot = base.lastIndex(of: ".") ?? base.endIndex
        let stem = String(base[..<dot])
        var found = Found(folder: try canonical(folder), files: [base], base: 1, environments: [])
        let present = Discovery.names(in: folder)
        let overrides = ["compose", "docker-compose"].flatMap { ["\($0).override.yml", "\($0).override.yaml"] }
        if let override = overrides.first(where: { present.contains($0) }) { found.files.append(override) }
        for name in present where Self.base(of: name)?.hasPrefix(stem + ".") == true && name != base {
            let environment = name.dropFirst(stem.count + 1).prefix { $0 != "." }
            if environment == "override" || found.environments.contains(where: { $0.name == environment }) { continue }
            found.environments.append((String(environment), name))
        }
        append(found)
    }

    private mutating func append(_ found: Found) {
        // The files of one project may all have been named: `*/compose*.yaml`.
        let isKnown = projects.contains { $0.folder == found.folder && $0.files == found.files }
        if !isKnown { projects.append(found) }
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

    private func canonical(_ folder: String) throws(SystemFailure) -> String {
        guard let path = Discovery.canonical(folder) else { throw SystemFailure("there is no folder \(folder)") }
        return path
    }

    /// The text that leads from one canonical folder to another.
    static func relative(from folder: String, to other: String) -> String {
        WorkspacePath(absolute: other).relative(from: WorkspacePath(absolute: folder))
    }
}
