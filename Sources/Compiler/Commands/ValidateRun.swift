import Diagnostics
import SourceText
import Workspace

/// `bayplan validate`: findings, and the fixes of those that have one; nothing else is written.
package struct ValidateRun {
    /// What is done with the safe fixes.
    package enum Fixes: Sendable {
        /// Shown with their findings.
        case show
        /// Made in the manifest.
        case make
        /// Shown as a diff of the manifest.
        case diff
    }

    package var sessions: [SessionOptions]
    package var report = ReportOptions()
    package var fixes = Fixes.show

    package init(sessions: [SessionOptions]) { self.sessions = sessions }

    package func run(_ console: Console) throws(SystemFailure) -> ExitStatus {
        console.progress?(.began)
        console.progress?(.doing(sessions.count == 1 ? "checking the manifest" : "checking the manifests"))
        var found: [Diagnostic] = []
        var hasDiff = false
        var fixableCount = 0
        for options in sessions {
            let session = try Session(options)
            if fixes == .show {
                let new = findings(in: session.source, of: session, options)
                if options.manifest != "-" { fixableCount += FixSelection(new).fixed.count }
                found += new
                continue
            }
            let fixed = try FixedManifest(session.source) { source throws(SystemFailure) in
                findings(in: source, of: session, options)
            }
            found += fixed.remaining
            if fixed.fixed.isEmpty { continue }
            hasDiff = true
            if fixes == .make {
                try session.replaceManifest(with: fixed.source.bytes)
                console.note("fixed \(fixed.summary) in \(visible(session.source.path))")
            } else {
                console.showDiff(session.source, fixed.source)
                console.note("`--fix` would repair \(fixed.summary) in \(visible(session.source.path))")
            }
        }
        let status = console.status(of: found, report)
        guard fixes == .diff else {
            try console.report(found, report, isResult: true)
            if fixableCount > 0, report.isForPeople {
                console.note("\(fixableCount) of these can be repaired by `bayplan validate --fix`")
            }
            return status
        }
        // The places of what remains are those of the repaired text, which nobody has yet.
        let rest = found.count { $0.severity > .info }
        if rest > 0 {
            console.note(
                "\(rest) \(rest == 1 ? "finding has" : "findings have") no safe fix; `bayplan validate` shows them")
        }
        return hasDiff ? .findings : status
    }

    private func findings(in source: SourceFile, of session: Session, _ options: SessionOptions) -> [Diagnostic] {
        var pipeline = PipelineOptions(layout: session.layout)
        pipeline.limits = options.limits
        pipeline.check.levels = report.levels
        return check(source, pipeline, looking: session.probe(options)).diagnostics.sorted()
    }
}

extension Console {
    /// Prints the diff of two texts of a manifest.
    func showDiff(_ old: SourceFile, _ new: SourceFile) {
        let isAbsolute = old.path.hasPrefix("/")
        result(
            UnifiedDiff.text(
                old: old.bytes, new: new.bytes, oldName: isAbsolute ? old.path : "a/" + old.path,
                newName: isAbsolute ? old.path : "b/" + old.path))
    }
}
