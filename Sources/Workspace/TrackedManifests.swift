import SourceText

/// The manifests of a checkout, found by git's index: what a hook or a job of CI is about, wherever they lie.
package enum TrackedManifests {
    /// The bytes of the largest file that is looked into.
    private static let limit = 64 << 20

    /// Returns the paths, from the working folder, of the manifests that git tracks there and below, in git's order.
    ///
    /// A file of a name that other programs use, too, is one only if it begins like one. Links are not followed.
    package static func paths() throws(SystemFailure) -> [String] {
        guard let here = Discovery.canonical("."), let place = GitPlace(of: here),
            let home = Discovery.components(from: place.top, to: here)
        else { throw SystemFailure("--all asks git for the manifests, and this is no git checkout") }
        let listed = try BorrowedGit.with(place) { git throws(SystemFailure) in
            try git.ask("ls-files", "-z", "--deduplicate").split(separator: 0).map { WorkspacePath(git: $0) }
        }
        let top = try RootFolder(place.top)
        let found = listed.filter { path in
            guard path.starts(with: WorkspacePath(home)), let name = path.parts.last,
                ManifestFile.names.contains(name),
                case .file(let bytes) = top.look(at: path.parts, limit: limit)
            else { return false }
            return isManifest(name, bytes)
        }
        if found.isEmpty {
            throw SystemFailure(
                "git tracks no manifest here or below: no bayplan.yaml, and no strategy.yaml with `images` or `projects`"
            )
        }
        return found.map { $0.relative(from: WorkspacePath(home)) }
    }
}

extension TrackedManifests {
    /// Whether a file that is stated is a manifest; what cannot be read counts as one, so that it is told.
    package static func isManifest(_ path: String) -> Bool {
        guard let bytes = (try? readFile(path, limit: limit)) ?? nil else { return true }
        return isManifest(WorkspacePath.folderAndName(of: path).name, bytes)
    }

    private static func isManifest(_ name: String, _ bytes: [UInt8]) -> Bool {
        ManifestFile.ownNames.contains(name) ? !ManifestFile.isOthers(bytes) : ManifestFile.isBegun(in: bytes)
    }
}

extension WorkspacePath {
    /// Reads a path as git lists it.
    fileprivate init(git bytes: ArraySlice<UInt8>) {
        self.init(bytes.split(separator: UInt8(ascii: "/")).map { String(decoding: $0, as: UTF8.self) })
    }
}
