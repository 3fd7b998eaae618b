import Comparison
import Diagnostics
import Emission
import Planning
import SourceText
import Threads
import Workspace

/// `bayplan diff`: what a manifest changes.
package struct DiffRun {
    package enum Format: String, CaseIterable, Sendable {
        case text, markdown, json
        /// The line that sums up, alone.
        case summary
    }

    package var session: SessionOptions
    /// The manifest to compare with; nil for a revision of git.
    package var other: String?
    /// The revision from whose merge base with HEAD changes are counted; nil for what is committed.
    package var since: String?
    package var format = Format.text
    /// Only this environment; nil for all.
    package var environment: String?
    /// Whether each manifest of a checkout is compared, so that the line that sums up names this one.
    package var isOneOfMany = false
    /// Whether a change is a finding.
    package var failsOnChange = false

    package init(session: SessionOptions) {
        self.session = session
        // A change that mends the practice is compared, too.
        self.session.judgesPractice = false
    }

    /// What the manifest is compared with.
    private struct Former {
        /// nil where it has errors, which `diagnostics` are.
        let plan: Plan?
        let diagnostics: DiagnosticList
        /// What is told below its errors.
        let refusal: SystemFailure
        /// The checkout that it is of; nil for a manifest that was stated.
        var home: Checkouts.Home?
        /// Whether there was no manifest then, so that all is new.
        var isNothing = false
    }

    /// What is known of the files that images are built from.
    private struct Inputs {
        /// By the name of an image, the file that changed.
        var changed: [String: String] = [:]
        /// What could not be compared, a line each.
        var notes: [String] = []
    }

    package func run(_ console: Console) throws(SystemFailure) -> ExitStatus {
        console.progress?(.began)
        defer { console.progress?(.ended) }
        console.progress?(.doing("comparing the manifests"))
        let opened = try Session(session)
        // Two manifests are read: the one as it is beside the one that it is compared with.
        let planning = Future { [session] in opened.plan(of: opened.source, session) }
        let reading: Result<Former, SystemFailure>
        do throws(SystemFailure) {
            reading = .success(try other == nil ? committed(opened) : stated())
        } catch {
            reading = .failure(error)
        }
        // Errors of the manifest as it is come before whatever is wrong with the other one.
        guard let after = planning.value.plan else {
            if isOneOfMany { throw SystemFailure("it has errors; `bayplan validate` tells them") }
            try console.report(planning.value.diagnostics.sorted(), ReportOptions(), isResult: false)
            return .findings
        }
        let former = try reading.get()
        guard let before = former.plan else {
            try console.report(former.diagnostics.sorted(), ReportOptions(), isResult: false)
            throw former.refusal
        }
        let inputs = try inputs(of: former, after, opened)
        try expectEnvironment(in: before, after)
        var changes = Comparing(before, after, inputs: inputs.changed, environment: environment).changes()
        // Names that nothing has had do not become others.
        if former.isNothing { (changes.workspace, changes.instances) = (nil, nil) }
        switch format {
        case .text:
            var text = ChangesText(changes, notes: inputs.notes, useColor: console.colorsOutput)
            console.output(text.bytes())
        case .markdown: console.output(ChangesMarkdown(changes, notes: inputs.notes).bytes())
        case .json: console.output(ChangesJSON(changes, notes: inputs.notes).bytes())
        case .summary: console.output(line(ChangesSummary(changes).text))
        }
        return failsOnChange && !changes.isEmpty ? .findings : .clean
    }

    /// Compares each of several manifests, a line each; one that cannot be compared is told, and holds up none.
    package static func runAll(_ runs: [DiffRun], _ console: Console) throws(SystemFailure) -> ExitStatus {
        var worst = ExitStatus.clean
        for var run in runs {
            run.isOneOfMany = true
            do throws(SystemFailure) {
                let status = try run.run(console)
                if status.rawValue > worst.rawValue { worst = status }
            } catch {
                console.output(run.line("not compared: " + error.message))
            }
        }
        return worst
    }

    /// A line, behind the name of one manifest among many.
    private func line(_ text: String) -> [UInt8] {
        let name = isOneOfMany ? (session.manifest.map { $0 + ": " } ?? "") : ""
        return Array((visible(name + text) + "\n").utf8)
    }

    /// The manifest that was stated.
    private func stated() throws(SystemFailure) -> Former {
        var options = session
        options.manifest = other
        let opened = try Session(options)
        let (plan, diagnostics) = opened.plan(of: opened.source, options)
        let refusal = SystemFailure("nothing is compared: \(opened.source.path) has the errors above")
        return Former(plan: plan, diagnostics: diagnostics, refusal: refusal)
    }

    // MARK: Git

    /// The manifest as it was committed, or as it was where HEAD and the revision parted.
    private func committed(_ opened: Session) throws(SystemFailure) -> Former {
        if session.manifest == "-", session.standardInputName == nil {
            throw SystemFailure("what git knows of standard input is told by its name: state `--stdin-filename`")
        }
        let revision = since ?? "HEAD"
        let home = try orWithAnotherManifest { () throws(SystemFailure) in
            try Checkouts.Home(opened, revision: revision, fromMergeBase: since != nil)
        }
        let past = try formerManifest(home, opened)
        let source = SourceFile(
            path: "\(revision):\(past?.name ?? opened.layout.manifestName)", bytes: past?.bytes ?? Self.nothing)
        let (plan, diagnostics) = opened.plan(of: source, session)
        let refusal = SystemFailure(
            "nothing is compared: the manifest of `\(revision)` has the errors above; `--since` states another revision, "
                + "`bayplan diff FILE` another manifest")
        return Former(
            plan: plan, diagnostics: diagnostics, refusal: refusal, home: home, isNothing: past == nil)
    }

    /// A failure of git, with the way that needs none.
    private func orWithAnotherManifest<Value>(
        _ work: () throws(SystemFailure) -> Value
    ) throws(SystemFailure) -> Value {
        do throws(SystemFailure) {
            return try work()
        } catch {
            throw SystemFailure(error.message + "; `bayplan diff FILE` compares with another manifest")
        }
    }

    /// A manifest of nothing.
    private static let nothing = Array("version: 1\nimages: {}\nprojects: {}\n".utf8)

    /// The manifest of the past: of its name, or of another name that a manifest can have; nil where there was none.
    private func formerManifest(
        _ home: Checkouts.Home, _ opened: Session
    ) throws(SystemFailure) -> (name: String, bytes: [UInt8])? {
        let own = opened.layout.manifestName
        for name in [own] + ManifestFile.names where name == own || ManifestFile.names.contains(own) {
            guard let bytes = try home.formerContents(of: name) else { continue }
            if bytes.count > session.limits.fileBytes {
                throw SystemFailure(
                    "\(name) of `\(home.revision)` holds more than \(session.limits.fileBytes) bytes; `--limit-bytes` raises "
                        + "the limit")
            }
            return (name, bytes)
        }
        return nil
    }

    /// What changed among the files that images are built from since the former manifest.
    private func inputs(of former: Former, _ plan: Plan, _ opened: Session) throws(SystemFailure) -> Inputs {
        guard let home = former.home else { return Inputs() }
        let checkouts = try orWithAnotherManifest { () throws(SystemFailure) in
            try Checkouts(plan, opened, home: home, toleratesNone: true)
        }
        var inputs = Inputs(notes: checkouts.notes)
        if former.isNothing {
            inputs.notes.append("`\(home.revision)` holds no \(opened.source.path), so that all of it is new")
            return inputs
        }
        let paths = try checkouts.changedPaths()
        inputs.notes += variablesNotes(plan, opened, paths)
        if !plan.builds.isEmpty { inputs.changed = try changed(plan, opened, paths) }
        return inputs
    }

    /// The files of variables that changed: only Compose knows what they make of a port or a reference.
    private func variablesNotes(_ plan: Plan, _ opened: Session, _ paths: [[String]]) -> [String] {
        let changed = Set(paths.filter { $0.last == ".env" })
        return plan.manifest.projects.compactMap { project in
            let path = opened.layout.components(project.path.value) + [".env"]
            guard changed.contains(path) else { return nil }
            let file = path.joined(separator: "/")
            return
                "not compared: what `\(file)`, which changed, makes of the variables of \(plan.manifest.text(project.name))"
        }
    }

    /// The changed file of each image that is built of one.
    private func changed(
        _ plan: Plan, _ opened: Session, _ paths: [[String]]
    ) throws(SystemFailure) -> [String: String] {
        var search = AffectedSearch(
            plan: plan, layout: opened.layout, root: try opened.rootFolder(), changed: paths,
            former: nil)
        let affected = search.run()
        let report = AffectedReport(plan, affected)
        var inputs: [String: String] = [:]
        for (build, reason) in affected.builds {
            switch reason {
            // What a base is built from is told of the base; what cannot be known is no change.
            case .base, .unknown: continue
            case .manifest:
                for image in plan.builds[build].images {
                    inputs[plan.imageName(image)] = "the .env of its owner changed"
                }
            default:
                for image in plan.builds[build].images {
                    inputs[plan.imageName(image)] = report.words(reason) + ", and changed"
                }
            }
        }
        return inputs
    }

    private func expectEnvironment(in before: Plan, _ after: Plan) throws(SystemFailure) {
        guard let environment else { return }
        let names = after.variants.compactMap(\.environment)
        let former = before.variants.compactMap(\.environment).filter { !names.contains($0) }
        if !(names + former).contains(environment) { throw noEnvironment(environment, among: names + former) }
    }
}
