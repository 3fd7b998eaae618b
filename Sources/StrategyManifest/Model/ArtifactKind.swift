/// A kind of artifact that `outputs` names or switches off: the one list of them.
///
/// Keys, rules and emission ask this list, so that a new kind is a case here, what emits it, and its line in `emit`.
package enum ArtifactKind: CaseIterable, Sendable {
    case compose, scripts, bake, document

    /// Where the name of an artifact leads.
    package enum Place: Sendable {
        /// A file in each project's folder, and one more for each environment.
        case projects
        /// One file, relative to the manifest's folder.
        case file
        /// A folder of files, relative to the manifest's folder.
        case folder
    }

    /// What there is to know of a kind without emitting it.
    package struct Facts: Sendable {
        /// The key in `outputs`.
        package let key: String
        package let place: Place
        /// The name unless the manifest states one.
        package let defaultName: String
        /// What findings call it, behind an article: `bake file`.
        package let noun: String
        /// What the key says, in one sentence without a full stop.
        package let meaning: String
        /// A name that somebody might choose instead of the default.
        package let example: String
        /// The files of a folder.
        package var files: [String] = []
    }

    package var facts: Facts {
        switch self {
        case .compose:
            Facts(
                key: "compose", place: .projects, defaultName: "docker-compose.yml", noun: "Compose file",
                meaning: "The Compose file in each project's folder, or false; by default `docker-compose.yml`",
                example: "compose.yaml")
        case .scripts:
            Facts(
                key: "scripts", place: .folder, defaultName: "scripts", noun: "scripts' folder",
                meaning: "The folder of the scripts, relative to the manifest's, or false; by default `scripts`",
                example: "tools/docker",
                files: [
                    "build.sh", "verify.sh", "up.sh", "down.sh", "refresh.sh", "status.sh", "release.sh", "pin.sh",
                    "clean.sh",
                ])
        case .bake:
            Facts(
                key: "bake", place: .file, defaultName: "bake.json", noun: "bake file",
                meaning: "The bake file, relative to the manifest's folder, or false; by default `bake.json`",
                example: "build/bake.json")
        case .document:
            Facts(
                key: "document", place: .file, defaultName: "IMAGES.md", noun: "document",
                meaning: "The document, relative to the manifest's folder, or false; by default `IMAGES.md`",
                example: "docs/IMAGES.md")
        }
    }
}

/// The names that Bayplan gives to its own files.
package enum OwnFiles {
    /// The file that lists what was written last.
    package static let lock = "bayplan.lock"
    /// How the name of a file ends until it takes its place; it begins with a dot.
    package static let temporaryEnding = ".bayplan-new"
}

extension ArtifactKind {
    /// Tells whether this kind of artifact has such a file name unless a manifest states another one.
    package func mayBeNamed(_ name: String) -> Bool {
        switch facts.place {
        case .file: return name == facts.defaultName
        case .folder: return facts.files.contains(name)
        case .projects:
            let ends = facts.defaultName.split(separator: ".", maxSplits: 1)
            return name == facts.defaultName
                || ends.count == 2 && name.hasPrefix(ends[0] + ".") && name.hasSuffix("." + ends[1])
        }
    }
}
