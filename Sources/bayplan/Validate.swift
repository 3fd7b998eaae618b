import Arguments
import Compiler

extension Subcommand {
    /// `bayplan validate`.
    static let validate = Subcommand(
        "validate", "Check manifests and report what is wrong.",
        discussion: """
            Nothing is written unless --fix is given. It makes the safe fixes: those whose edit is beyond doubt; every \
            byte outside the edits stays. What cannot be fixed is reported as always.
            """
    ) { options in
        let manifests = options.operands(
            "manifest", "The manifests; by default strategy.yaml here or above, - for standard input.", .manifests)
        let all = options.allManifests()
        let skipsOthers = options.flag(
            "skip-others", "Pass over stated files that are no manifests, as another program's strategy.yaml is none.")
        let fix = options.flag("fix", "Make the safe fixes in the manifests.")
        let diff = options.flag("diff", "Show the safe fixes as a diff instead of making them.")
        let source = SourceOptions(&options)
        let probesBuilds = options.probesBuilds()
        let findings = FindingOptions(&options)
        let console = ConsoleOptions(&options)

        options.refuse(
            fix && !diff && manifests.contains("-"),
            "--fix cannot change standard input; --diff shows what it would change")

        return { terminal in
            let console = terminal.console(console)
            var stated = manifests
            if skipsOthers {
                stated = manifests.filter { $0 == "-" || isManifest($0) }
                for other in manifests where !stated.contains(other) {
                    console.note("\(other) is passed over: neither `images` nor `projects` begins in it")
                }
            }
            if all, manifests.isEmpty {
                stated = try reportingFailure(console, findings.report) { () throws(SystemFailure) in
                    try trackedManifests()
                }
            }
            var sessions = manifests.isEmpty && !all ? [source.session(nil)] : stated.map { source.session($0) }
            for index in sessions.indices { sessions[index].probesBuilds = probesBuilds }
            var run = ValidateRun(sessions: sessions)
            run.report = findings.report
            run.fixes = diff ? .diff : fix ? .make : .show
            return try reportingFailure(console, run.report) { () throws(SystemFailure) in try run.run(console) }
        }
    }
}
