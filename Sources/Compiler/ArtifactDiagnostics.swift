import Diagnostics
import SourceText
import Workspace

extension Changes {
    /// What is wrong on disk, each thing once: one link can stand before many artifacts.
    ///
    /// - Parameter command: the command that repairs it.
    package func diagnostics(
        of items: [Change], repairedBy command: String
    ) -> [Diagnostic] {
        var obstacles: Set<String> = []
        return items.compactMap { item in
            if case .unreachable(let obstacle) = item.kind, !obstacles.insert(obstacle.path).inserted { return nil }
            return item.diagnostic(repairedBy: command)
        }
    }
}

extension Change {
    /// What is wrong with an artifact on disk, or nil when it is as it should be (specification 4, BP6).
    ///
    /// - Parameter command: the command that repairs it.
    package func diagnostic(repairedBy command: String) -> Diagnostic? {
        let name = visible(name)
        switch kind {
        case .unchanged: return nil
        case .create:
            return diagnostic(.missingArtifact, "\(name) is missing", "", help: ["run `\(command)`"])
        case .update:
            return diagnostic(.outOfDate, "\(name) is out of date", "here it differs", help: ["run `\(command)`"])
        case .makeExecutable:
            return diagnostic(
                .outOfDate, "\(name) is not executable", "", at: .beginning, help: ["run `\(command)`"])
        case .delete:
            return diagnostic(
                .leftOver, "\(name) is left over: the manifest no longer leads to it", "",
                help: ["run `\(command)`, which deletes it"])
        case .edited:
            return diagnostic(
                .editedByHand, "\(name) was edited since bayplan wrote it",
                "here it differs from what would be written",
                why: "an edit of a generated file would be lost with the next run; bayplan does not overwrite it",
                help: [
                    "move the edit to the manifest, undo it here, and run `\(command)`; `\(command) --diff` shows it",
                    "or overwrite it with `\(command) --force`",
                ])
        case .foreign:
            return diagnostic(
                .notOurs, "\(name) is there already, and bayplan did not write it",
                "here it differs from what would be written",
                why: "it may be somebody's work; bayplan overwrites only what it wrote itself",
                help: [
                    artifact?.project == nil
                        ? "take what it says into the manifest, then move it away"
                        : "take what it says into the manifest, as `bayplan import` does, then move it away",
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
        let file = SourceFile(path: name, bytes: old ?? [])
        return Diagnostic(
            code, message, at: .init(Location(file, place ?? firstDifference), label), why: why, help: help)
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
