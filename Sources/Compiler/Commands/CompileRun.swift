import Diagnostics
import Emission
import Planning
import Resolution
import Rules
import SourceText
import Workspace

/// `bayplan compile`: validates, then emits.
package struct CompileRun {
    /// What is done with the artifacts.
    package enum Mode: Sendable {
        case write
        /// Writes nothing; drift fails, with a diff and the command that repairs it.
        case check
        /// Writes nothing; prints the differences.
        case diff
        /// Writes nothing; says what would be done.
        case dryRun
    }

    package var session: SessionOptions
    package var mode = Mode.write
    package var report = ReportOptions()
    package var emission = EmissionOptions()
    /// Put everything below this folder, in place of the one that holds the manifest, all projects and all artifacts.
    package var outputDirectory: String?
    /// Overwrite what was edited or is not Bayplan's.
    package var isForced = false
    /// The command line that repairs drift.
    package var command = "bayplan compile"
    /// Is told what the run depends on; a run whose manifest has changed meanwhile ends without a word, as a clean one.
    var watched: WatchedFiles?

    package init(session: SessionOptions) { self.session = session }

    package func run(_ console: Console) throws(SystemFailure) -> ExitStatus {
        console.progress?(.began)
        defer { console.progress?(.ended) }
        console.progress?(.doing("compiling the manifest"))
        try Discovery.expectReadable(outputDirectory, "the folder of the output")
        let opened = try Session(session)
        var pipeline = PipelineOptions(layout: opened.layout)
        pipeline.limits = session.limits
        pipeline.check.levels = report.levels
        pipeline.emission = emission
        pipeline.isMoved = outputDirectory != nil
        // Whoever edits waits for what is wrong, not for what is made.
        let tellsAtOnce = watched != nil && report.isOnlyForPeople
        var failure: SystemFailure?
        var isTold = false
        let compiled = compile(
            opened.source, pipeline, looking: probe(from: opened), reading: watched.map { $0.read }
        ) { found, isStructureSound in
            watched?.isStructureSound = isStructureSound
            if isOvertaken { return false }
            guard found.hasErrors || tellsAtOnce else { return true }
            do throws(SystemFailure) {
                try console.report(found.sorted(), report, isResult: found.hasErrors && mode == .check)
                isTold = true
            } catch {
                failure = error
            }
            return failure == nil
        }
        if let failure { throw failure }
        guard let (artifacts, plan, layout) = compiled.output else {
            return isOvertaken && !isTold ? .clean : .findings
        }
        let diagnostics = compiled.diagnostics.sorted()
        let root = try outputFolder(opened)
        let wanted = artifacts.filter(isWanted)
        if let emptied = emptySelection(wanted, of: opened) { throw emptied }
        if mode == .write {
            try root.waitForTurn(in: layout.folder) { console.note("waiting for another run to end") }
        }
        var changes = try Changes(
            wanted, in: root, layout: layout, isComplete: emission.isComplete, version: bayplanVersion,
            projects: plan.manifest.projects.indices.map { plan.projectName($0) }, progress: console.progress)
        if isOvertaken { return .clean }
        let shadowed = outputDirectory == nil ? self.shadowed(wanted, changes, in: root, opened) : []
        if tellsAtOnce, !shadowed.isEmpty { try console.report(shadowed, report, isResult: false) }
        let status = try act(on: &changes, in: root, tellsAtOnce ? nil : diagnostics + shadowed, console)
        watched?.didRefuse(
            changes.items.filter(isHindered), below: outputDirectory ?? opened.root, layout: layout)
        return max(status, console.status(of: diagnostics + shadowed, report))
    }

    private var isOvertaken: Bool { watched?.isManifestChanged ?? false }

    /// What answers the questions of the builds, and takes note of them under `--watch`.
    private func probe(from opened: Session) -> BuildProbing? {
        guard let probe = opened.probe(session) else { return nil }
        guard let watched else { return probe }
        return { watched.answers(to: $1, of: $0, below: opened.root, layout: opened.layout, looking: probe) }
    }

    private func outputFolder(_ opened: Session) throws(SystemFailure) -> RootFolder {
        guard let outputDirectory else { return try opened.rootFolder() }
        let shown = ShownPaths(home: WorkspacePath(), folder: outputDirectory)
        return mode == .write
            ? try RootFolder(creating: outputDirectory, shown: shown)
            : try RootFolder(lookingAt: outputDirectory, shown: shown)
    }

    private func isWanted(_ artifact: Artifact) -> Bool {
        (emission.project == nil || artifact.project == emission.project)
            && (emission.environment == nil || artifact.environment == emission.environment)
    }

    /// A project or environment that selects nothing is a wrong name.
    private func emptySelection(_ artifacts: [Artifact], of session: Session) -> SystemFailure? {
        guard artifacts.isEmpty, !emission.isComplete else { return nil }
        let declared = DeclaredNames(session.source, self.session.limits)
        func hint(_ name: String?, _ names: [String]) -> String {
            name.map { names.contains($0) ? "" : namesInstead(of: $0, among: names) } ?? ""
        }
        let hints = [hint(emission.project, declared.projects), hint(emission.environment, declared.environments)]
        let wanted = [
            emission.project.map { "the project `\(visible($0))`" },
            emission.environment.map { "the environment `\(visible($0))`" },
        ]
        return SystemFailure(
            "nothing is emitted for \(wanted.compactMap { $0 }.joined(separator: " in "))"
                + (hints.first { !$0.isEmpty } ?? ""))
    }

    /// What `docker compose` would read instead of the development's Compose files.
    private func shadowed(
        _ artifacts: [Artifact], _ changes: Changes, in root: RootFolder, _ opened: Session
    ) -> [Diagnostic] {
        let level = report.levels.last { Code.named($0.rule) == .artifactShadowed }?.level
        if level == .off { return [] }
        let files = ShadowedArtifacts(
            root: root, rootPath: opened.root,
            known: Set(changes.items.map { $0.path.joined(separator: "/") }))
        return artifacts.filter { $0.project != nil && $0.environment == nil }.flatMap { artifact in
            files.diagnostics(of: artifact.path).map { finding in
                var finding = finding
                if case .severity(let severity) = level { finding.severity = severity }
                return finding
            }
        }
    }

    // MARK: What to do

    /// - Parameter untold: what was found; nil where it has been told.
    private func act(
        on changes: inout Changes, in root: RootFolder, _ untold: [Diagnostic]?, _ console: Console
    ) throws(SystemFailure) -> ExitStatus {
        let diagnostics = untold ?? []
        tellOtherVersion(changes, console)
        tellFormerProjects(changes, console)
        switch mode {
        case .check:
            let drift = changes.diagnostics(of: changes.items, repair(changes))
            let unlisted = drift.isEmpty ? changes.unlisted(repair(changes)) : []
            try console.report(diagnostics + unlisted + drift, report, isResult: true)
            if report.format == .text { showDiffs(changes, console, isDiff: false) }
            if !drift.isEmpty {
                let isEnough = !changes.items.contains(where: \.isRefused)
                console.note(
                    isEnough
                        ? "to repair, run: \(command)"
                        : "to repair, do what the help says of each file that bayplan does not overwrite, then run: "
                            + command)
            }
            return max(drift.isEmpty ? .clean : .findings, console.status(of: unlisted, report))
        case .diff:
            try console.report(diagnostics, report, isResult: false)
            showDiffs(changes, console, isDiff: true)
            return changes.items.contains(where: \.isDrift) ? .findings : .clean
        case .dryRun:
            try console.report(diagnostics, report, isResult: false)
            list(changes.items, "would ", console)
            return changes.items.contains(where: isHindered) ? .findings : .clean
        case .write:
            return try write(&changes, to: root, untold, console)
        }
    }

    private func repair(_ changes: Changes) -> Repair {
        Repair(command: command, writer: changes.locks.writer, version: bayplanVersion)
    }

    /// Says that another version wrote what is out of date: in a team each would undo the other's work in silence.
    private func tellOtherVersion(_ changes: Changes, _ console: Console) {
        guard let writer = changes.locks.writer, changes.items.contains(where: \.isOutOfDate) else { return }
        console.note(
            "what is out of date was written by bayplan \(writer); this is \(bayplanVersion), which may write other text"
        )
    }

    /// Says which Compose projects are no more: Docker takes a renamed one for another.
    private func tellFormerProjects(_ changes: Changes, _ console: Console) {
        if changes.formerProjects.isEmpty { return }
        let status = changes.items.first { $0.artifact?.isExecutable ?? false && $0.path.last == "status.sh" }
        for project in changes.formerProjects {
            for note in project.notes(status: status.map { quotedForShell($0.shown) }) { console.note(note) }
        }
    }

    /// Whether something is in an artifact's way that this run does not overwrite.
    private func isHindered(_ change: Change) -> Bool { change.isBlocked || change.isRefused && !isForced }

    private func write(
        _ changes: inout Changes, to root: RootFolder, _ untold: [Diagnostic]?, _ console: Console
    ) throws(SystemFailure) -> ExitStatus {
        let refused = changes.items.filter(isHindered)
        guard refused.isEmpty else {
            let refusals = changes.diagnostics(of: refused, repair(changes))
            try console.report((untold ?? []) + refusals, report, isResult: false)
            console.note("nothing was written")
            let merged = refused.filter(\.isRefusedAfterMerge)
            if merged.count > 1, let command = repair(changes).afterMerge(of: merged) {
                console.note("after a merge, all at once: \(command)")
            }
            return .findings
        }
        if let untold { try console.report(untold, report, isResult: false) }
        if watched == nil {
            try changes.apply(to: root, progress: console.progress)
        } else {
            try Interruption.hold { () throws(SystemFailure) in
                try changes.apply(to: root, progress: console.progress)
            }
        }
        list(changes.items, "", console)
        if !changes.items.contains(where: \.isDrift) {
            console.note("\(counted(changes.items.count, "artifact")) up to date")
        }
        return .clean
    }

    private func counted(_ count: Int, _ noun: String) -> String {
        count == 1 ? "1 \(noun) is" : "\(count) \(noun)s are"
    }

    private func max(_ a: ExitStatus, _ b: ExitStatus) -> ExitStatus { a.rawValue >= b.rawValue ? a : b }
}
