import Diagnostics
import Workspace

/// What `bayplan compile` shows of what changes: the differences, or a line for each file.
extension CompileRun {
    /// Shows the differences. A long file that is missing is counted by `--check`, and so is a long script by `--diff`: it is the same
    /// in every workspace, but for its tables, and after an import nine of them would bury what matters. `--diff --verbose` shows all.
    ///
    /// - Parameter isDiff: whether somebody asked for the differences, not only for whether there are any.
    func showDiffs(_ changes: Changes, _ console: Console, isDiff: Bool) {
        // Thousands are told in few calls of the system, and need not be held together.
        var waiting = ""
        for change in changes.items where change.isDrift {
            waiting += diff(of: change, isDiff: isDiff).text
            if waiting.utf8.count < Self.toldAtOnce { continue }
            console.result(VisibleText(ofVisibleParts: waiting))
            waiting = ""
        }
        if !waiting.isEmpty { console.result(VisibleText(ofVisibleParts: waiting)) }
    }

    private func diff(of change: Change, isDiff: Bool) -> VisibleText {
        let new = change.artifact?.bytes ?? []
        let (oldName, newName) = ("a/" + change.shown, "b/" + change.shown)
        guard let old = change.visibleOld else {
            return """
                --- \(oldName)
                +++ \(newName)
                (not shown: it does not begin with the header that names this manifest)

                """
        }
        let lineCount = change.old == nil ? new.count { $0 == 0x0A } : 0
        let isScript = change.artifact?.isExecutable ?? false
        if lineCount > Self.longestShown, isDiff ? isScript && !report.showsNotes : true {
            let words = isScript ? "--diff --verbose" : "--diff"
            return "--- /dev/null\n+++ \(newName)\n(\(lineCount) lines: `\(words)` shows them)\n"
        }
        return UnifiedDiff.text(
            old: old, new: new, oldName: change.old == nil ? "/dev/null" : oldName,
            newName: change.artifact == nil ? "/dev/null" : newName)
    }

    /// The bytes of diffs after which they are written.
    private static let toldAtOnce = 1 << 16

    /// The lines of a missing file that `--check` shows at most: a screen or two.
    private static let longestShown = 100

    /// Lists what is done or would be; all at once, as each line of its own would be a call of the system.
    func list(_ changes: [Change], _ prefix: String, _ console: Console) {
        if console.isQuiet { return }
        let text = changes.compactMap { line(for: $0, prefix) }.joined()
        if !text.isEmpty { console.result(VisibleText(lines: text)) }
    }

    private func line(for change: Change, _ prefix: String) -> String? {
        let verb: String
        switch change.kind {
        case .unchanged: return nil
        case .create: verb = "create"
        case .update, .makeExecutable: verb = "update"
        case .delete: verb = "delete"
        case .edited, .foreign: verb = isForced ? "replace" : "refuse to replace"
        case .editedLeftOver: verb = isForced ? "delete" : "refuse to delete"
        case .blocked(let what): verb = "refuse (\(what) is in the way)"
        case .unreachable(let obstacle): verb = "refuse (\(visible(obstacle.path)) is \(obstacle.kind))"
        }
        let text = prefix.isEmpty ? Self.past[verb] ?? verb : prefix + verb
        return "\(text) \(visible(change.shown))\n"
    }

    private static let past = ["create": "created", "update": "updated", "delete": "deleted", "replace": "replaced"]
}
