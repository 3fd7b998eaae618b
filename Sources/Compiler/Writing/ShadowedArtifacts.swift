import Diagnostics
import Emission
import Importing
import SourceText
import Workspace

/// Files that `docker compose` reads instead of a Compose file that Bayplan emits, or merges over it.
///
/// Only where Compose finds its files by itself: a file of another name is read by whoever names it, and by the scripts.
struct ShadowedArtifacts {
    let root: RootFolder
    let rootPath: String
    /// What else is written or deleted here, by its path.
    var known: Set<String> = []

    /// The largest `.env` that is read.
    private static let limit = 1 << 20

    /// What stands in the way of the Compose file at a path.
    func diagnostics(of path: [String]) -> [Diagnostic] {
        guard let name = path.last, let rank = ComposeDiscovery.names.firstIndex(of: name) else { return [] }
        let folder = Array(path.dropLast())
        let present = Set(Discovery.names(in: ([rootPath] + folder).joined(separator: "/")))
        func isOther(_ name: String) -> Bool {
            present.contains(name) && !known.contains((folder + [name]).joined(separator: "/"))
        }
        var found: [Diagnostic] = []
        if present.contains(".env"), let line = naming(folder, otherThan: name) {
            found.append(
                finding(
                    folder + [".env"], "names other files than `\(visible(root.shown(path)))`",
                    "`docker compose` in this folder reads what `COMPOSE_FILE` names, and nothing else",
                    "take the line out: `sed -i '/\(line)/d' \(word(folder + [".env"]))`"))
            // Nothing else is read or merged until then.
            return found
        }
        if let above = ComposeDiscovery.names[..<rank].first(where: isOther) {
            found.append(
                finding(
                    folder + [above], "is read instead of `\(visible(root.shown(path)))`",
                    "`docker compose` in this folder reads `\(above)` first",
                    "once the manifest says what it says, remove it: `rm \(word(folder + [above]))`"))
        }
        if let over = ComposeDiscovery.overrides.first(where: isOther) {
            found.append(
                finding(
                    folder + [over], "is merged over `\(visible(root.shown(path)))`",
                    "`docker compose` in this folder merges it by itself",
                    "once the manifest says what it says, remove it: `rm \(word(folder + [over]))`"))
        }
        return found
    }

    /// The pattern of the line by which a folder's `.env` names other files; nil where it names none.
    private func naming(_ folder: [String], otherThan name: String) -> String? {
        guard case .file(let bytes) = root.look(at: folder + [".env"], limit: Self.limit),
            let files = DotEnv(bytes).values["COMPOSE_FILE"], !files.isEmpty, files != name, files != "./" + name
        else { return nil }
        let plain = Array("COMPOSE_FILE=".utf8)
        return bytes.split(separator: 0x0A).contains { $0.starts(with: plain) }
            ? "^COMPOSE_FILE=" : #"^[[:blank:]]*\(export[[:blank:]]*\)*COMPOSE_FILE[[:blank:]]*[=:]"#
    }

    private func finding(_ path: [String], _ what: String, _ why: String, _ help: String) -> Diagnostic {
        let name = visible(root.shown(path))
        // Nothing of such a file is shown: a `.env` holds secrets.
        let file = SourceFile(path: root.shown(path), bytes: [])
        return Diagnostic(
            .artifactShadowed, "`\(name)` \(what)", at: .init(Location(file, .beginning), ""), why: why, help: [help])
    }

    /// A path as one word of a shell.
    private func word(_ path: [String]) -> String {
        let text = visible(root.shown(path))
        let isPlain = text.utf8.allSatisfy { byte in
            (0x61...0x7A).contains(byte | 0x20) || (0x2D...0x39).contains(byte) || byte == UInt8(ascii: "_")
        }
        if isPlain, !text.hasPrefix("-") { return text }
        let quoted = text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
        return "'" + (text.hasPrefix("-") ? "./" : "") + quoted + "'"
    }
}
