import Emission
import Workspace

/// A Compose project that a run makes a former one: what Docker holds of it is nobody's then.
///
/// Its name stands in the file that is replaced or taken away, which Bayplan wrote from this manifest.
struct FormerProject {
    let name: String
    /// The project that has its file now; nil where the file goes.
    let heir: String?
    /// The file as messages write it.
    let file: String

    /// Those of a run's changes; in the order of their files.
    ///
    /// - Parameter present: the projects that the manifest has.
    static func all(_ changes: [Change], present: Set<String>) -> [FormerProject] {
        var seen = present
        return changes.compactMap { change in
            guard change.isOurs, let old = change.old, let name = projectName(ofComposeFile: old),
                Lock.isProjectName(name.utf8), seen.insert(name).inserted
            else { return nil }
            return FormerProject(name: name, heir: change.artifact?.project, file: change.shown)
        }
    }

    /// What becomes of it on the machines, a line each.
    ///
    /// - Parameter status: the command that lists what is left over; nil where no scripts are written.
    func notes(status: String?) -> [String] {
        let command = status ?? "docker compose -p \(name) ps --all"
        let change =
            heir.map { "\(file) is of the Compose project \(name), and will be of \($0)" }
            ?? "\(file) goes, and with it the Compose project \(name)"
        let volumes = heir.map { "; the volumes of \($0) are others, and start empty" } ?? ""
        return [
            change, "what runs of \(name) runs on, and its volumes keep their data" + volumes,
            "to list what is left of \(name), and what to do with it: \(command)",
        ]
    }
}
