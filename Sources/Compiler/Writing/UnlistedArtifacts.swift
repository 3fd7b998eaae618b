import Diagnostics
import SourceText
import Workspace

extension Changes {
    /// What is as it should be and no lock lists, a warning for each lock: the next change of the manifest would find
    /// files that seem to be edited.
    ///
    /// By the path alone: hashing what a check has already compared would take twice as long as the check.
    func unlisted(_ repair: Repair) -> [Diagnostic] {
        var items: [(lock: [String], isThere: Bool, artifacts: [Change])] = []
        for item in self.items {
            guard item.artifact != nil, written[WorkspacePath(item.path)]?.isEmpty ?? true else { continue }
            let (lock, isThere) = locks.file(of: item.path)
            if let index = items.firstIndex(where: { $0.lock == lock }) {
                items[index].artifacts.append(item)
            } else {
                items.append((lock, isThere, [item]))
            }
        }
        return items.compactMap { lock, isThere, artifacts in
            guard let first = artifacts.first else { return nil }
            let name = visible(shown(lock))
            let others = artifacts.count == 1 ? "" : " and \(artifacts.count - 1) more"
            let message =
                isThere ? "\(name) does not list \(visible(first.shown))\(others)" : "\(name) is missing"
            var finding = Diagnostic(
                .missingArtifact, message,
                at: .init(Location(SourceFile(path: shown(lock), bytes: []), .beginning), ""),
                why: "it tells bayplan's own text from an edit: without it the next change of the manifest is refused",
                help: ["run `\(repair.command)`, which writes it, and commit it with the other files"])
            finding.severity = .warning
            return finding
        }
    }
}
