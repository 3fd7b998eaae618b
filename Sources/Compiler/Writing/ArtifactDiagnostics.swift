import Diagnostics
import SourceText
import Workspace

/// What puts the disk right, as far as messages can say it.
package struct Repair {
    /// The command line that writes what the manifest leads to.
    package let command: String
    /// The version that wrote the lock, where it is another one.
    let writer: String?
    let version: String

    /// Why what is there may differ without anybody's edit; nil where the same version wrote it.
    var otherVersion: String? {
        writer.map { "it was written by bayplan \($0), and this is \(version), which may write other text" }
    }

    /// The command that undoes a merge in files, and writes them again; nil without files.
    ///
    /// Where git left a conflict, it still has both sides; what it merged by itself is taken from the commit. What does
    /// not lie below the current folder may be another repository's.
    func afterMerge(of changes: [Change]) -> String? {
        if changes.isEmpty { return nil }
        var steps: [(start: String, files: [String])] = []
        for change in changes {
            var (start, file) = ("git", change.shown)
            if file.hasPrefix("../") || file.hasPrefix("/") {
                let (folder, name) = WorkspacePath.folderAndName(of: file)
                (start, file) = ("git -C " + quotedForShell(folder), name)
            }
            start += " checkout " + (change.isConflict ? "--ours" : "HEAD") + " --"
            if let index = steps.firstIndex(where: { $0.start == start }) {
                steps[index].files.append(quotedForShell(file))
            } else {
                steps.append((start, [quotedForShell(file)]))
            }
        }
        let words = steps.map { $0.start + " " + $0.files.joined(separator: " ") } + [command]
        return visible(words.joined(separator: " && "))
    }
}

extension Changes {
    /// What is wrong on disk, each thing once: one link can stand before many artifacts.
    package func diagnostics(of items: [Change], _ repair: Repair) -> [Diagnostic] {
        var obstacles: Set<String> = []
        return items.compactMap { item in
            if case .unreachable(let obstacle) = item.kind, !obstacles.insert(obstacle.path).inserted { return nil }
            return item.diagnostic(repair)
        }
    }
}

extension Change {
    /// Whether it is refused for what a merge seems to have made of it.
    var isRefusedAfterMerge: Bool { if case .edited = kind { isOurs && isMerged } else { false } }

    /// What is wrong with an artifact on disk, or nil when it is as it should be.
    package func diagnostic(_ repair: Repair) -> Diagnostic? {
        let name = visible(shown)
        let command = repair.command
        switch kind {
        case .unchanged: return nil
        case .create:
            return diagnostic(.missingArtifact, "\(name) is missing", "", help: ["run `\(command)`"])
        case .update:
            return diagnostic(
                .outOfDate, "\(name) is out of date", "here it differs", why: repair.otherVersion,
                help: ["run `\(command)`"])
        case .makeExecutable:
            return diagnostic(
                .outOfDate, "\(name) is not executable", "", at: .beginning, help: ["run `\(command)`"])
        case .delete:
            return diagnostic(
                .leftOver, "\(name) is left over: the manifest no longer leads to it", "",
                help: ["run `\(command)`, which deletes it"])
        case .edited: return edited(repair)
        case .foreign(let manifest):
            let what = manifest.map { "is there already, and is written from `\(visible($0))`" }
            return diagnostic(
                .notOurs, "\(name) \(what ?? "is there already, and bayplan did not write it")",
                "here it differs from what would be written",
                why: "it may be somebody's work; bayplan overwrites only what it wrote itself" + difference,
                help: [
                    artifact?.project == nil
                        ? "take what it says into the manifest, then move it away"
                        : "take what it says into the manifest, as `bayplan import` does, then move it away",
                    "to compare, write what it would be elsewhere: `\(command) --output-directory look`",
                    "or overwrite it with `\(command) --force`",
                ])
        case .editedLeftOver:
            return diagnostic(
                .leftOver, "\(name) is left over, and was edited since bayplan wrote it", "",
                why: "the manifest no longer leads to it, but the edit may be somebody's work",
                help: ["delete it, or run `\(command) --force`, which does"])
        case .blocked(let what):
            return diagnostic(
                .notOurs, "\(name) is \(what), not a file of bayplan's", "",
                why: "bayplan neither follows links nor replaces anything but plain files",
                help: ["move it away, and run `\(command)`"])
        case .unreachable(let obstacle):
            return Self.diagnostic(of: obstacle, repairedBy: command)
        }
    }

    private func edited(_ repair: Repair) -> Diagnostic {
        let name = visible(shown)
        let command = repair.command
        if let missingLock { return unlisted(in: visible(missingLock), repair) }
        let merged = isMerged ? repair.afterMerge(of: [self]) : nil
        let edit = "move the edit to the manifest, undo it here, and run `\(command)`"
        return diagnostic(
            .editedByHand,
            "\(name) was edited since bayplan wrote it" + (isOurs ? "" : ": it no longer begins with its header"),
            "here it differs from what would be written",
            why: "an edit of a generated file would be lost with the next run; bayplan does not overwrite it"
                + difference,
            help: [
                edit + (isOurs ? "; `\(command) --diff` shows it" : ""),
                merged.map { "after a merge, run `\($0)`" },
                "or it was written and not staged with the lock: `git add` it",
                "or your checkouts are at different commits: bring them to those that belong together",
                "or overwrite it with `\(command) --force`",
            ].compactMap { $0 })
    }

    /// A file with this manifest's header that no lock knows: whose text it is, nobody can tell.
    private func unlisted(in lock: String, _ repair: Repair) -> Diagnostic {
        diagnostic(
            .editedByHand, "\(visible(shown)) is out of date, and \(lock) does not list it",
            "here it differs from what would be written",
            why: "without the lock bayplan cannot tell its own text from an edit, which would be lost" + difference,
            help: [
                "bring \(lock) back, as by `git checkout HEAD -- \(quotedForShell(lock))`, and run `\(repair.command)`",
                "or see by `\(repair.command) --diff` that nothing of the file is to be kept, and run "
                    + "`\(repair.command) --force`",
            ])
    }

    /// What stands where a folder is needed.
    private static func diagnostic(of obstacle: Obstacle, repairedBy command: String) -> Diagnostic {
        let place = visible(obstacle.path)
        let primary = Diagnostic.Label(Location(SourceFile(path: place, bytes: []), .beginning), "")
        guard let target = obstacle.target else {
            return Diagnostic(
                .notOurs, "\(place) is \(obstacle.kind), and a folder is needed here", at: primary,
                why: "bayplan replaces nothing but plain files that it wrote itself",
                help: ["move it away, and run `\(command)`"])
        }
        return Diagnostic(
            .outsideWorkspace, "\(place) is a symbolic link to \(visible(target)), and bayplan follows none",
            at: primary,
            why: "below the root a link could lead anywhere; whoever runs Bayplan decides where it may write",
            help: [
                "put a real folder in its place, and run `\(command)`",
                "or let the project's `path` name the folder that the link leads to; one outside the root needs `--root`",
            ])
    }

    private func diagnostic(
        _ code: Code, _ message: String, _ label: String, at place: Span? = nil, why: String? = nil, help: [String]
    ) -> Diagnostic {
        let file = SourceFile(path: shown, bytes: visibleOld ?? [])
        let isShown = visibleOld != nil
        return Diagnostic(
            code, message,
            at: .init(Location(file, isShown ? place ?? firstDifference : .beginning), isShown ? label : ""), why: why,
            help: help)
    }

    /// Where a text that is not shown differs, as a sentence's end; empty for one that is.
    private var difference: String {
        guard visibleOld == nil, let old, let new = artifact?.bytes else { return "" }
        let same = zip(old, new).prefix { $0 == $1 }
        return "; it differs from line \(same.count { $0.0 == 0x0A } + 1) on, which is not shown"
    }

    /// The first line that is not as it should be.
    private var firstDifference: Span {
        guard let old, let new = artifact?.bytes else { return .beginning }
        var index = 0
        var start = 0
        while index < min(old.count, new.count), old[index] == new[index] {
            if old[index] == 0x0A { start = index + 1 }
            index += 1
        }
        while start < old.count, old[start] == 0x20 { start += 1 }
        var end = start
        while end < old.count, old[end] != 0x0A { end += 1 }
        return Span(UInt32(start), UInt32(end))
    }
}
