import Arguments
import Compiler
import Diagnostics

extension Subcommand {
    /// `bayplan compile`.
    static let compile = Subcommand(
        "compile", "Check the manifest, then write what it leads to.",
        discussion: """
            A file that Bayplan did not write, or that was edited since, is refused and nothing is written. What is \
            already right is not touched.

            --watch ends with Ctrl-C, for a shell with status 130, or when what reads its output ends; artifacts are \
            then whole.
            """
    ) { options in
        let manifest = options.manifestOperand()
        let all = options.allManifests()
        let check = options.flag("check", "Write nothing; fail if anything on disk differs, and show how.")
        let diff = options.flag("diff", "Write nothing; print the differences; a new script whole only with --verbose.")
        let dryRun = options.flag("dry-run", "Write nothing; say what would be done.")
        let force = options.flag("force", "Overwrite files that were edited or that Bayplan did not write.")
        let watch = options.flag(
            "watch", "Compile again whenever the manifest or a Dockerfile changes, until Ctrl-C.")
        let project = options.value("project", of: "name", "Only this project's Compose files.", .projects)
        let environment = options.value(
            "environment", of: "name", "Only this environment's Compose files.", .environments)
        let outputDirectory = options.value(
            "output-directory", of: "folder", "Put everything below this folder, for a look.", .folders)
        let source = SourceOptions(&options)
        let probesBuilds = options.probesBuilds()
        let findings = FindingOptions(&options)
        let console = ConsoleOptions(&options)

        options.refuse(
            [check, diff, dryRun].count(where: { $0 }) > 1, "--check, --diff and --dry-run exclude one another")
        options.refuse(
            watch && (check || diff || dryRun),
            "--watch writes what changed: it goes without --check, --diff and --dry-run")
        options.refuse(
            watch && manifest == "-", "--watch needs a manifest that is a file; standard input does not change")
        options.refuse(
            force && (check || diff), "--force has nothing to overwrite with --check or --diff")

        let single = findings.report
        options.refuse(all && watch, "--watch is for one manifest, and --all for many")
        options.refuse(
            all && (!single.files.isEmpty || ![.text, .concise, .github].contains(single.format)),
            "--all tells the findings of one manifest after the other, which a report cannot hold; its formats are text, "
                + "concise and github")

        func run(_ manifest: String?, on terminal: Terminal) throws -> ExitStatus {
            var run = CompileRun(session: source.session(manifest))
            run.session.probesBuilds = probesBuilds
            run.mode = check ? .check : diff ? .diff : dryRun ? .dryRun : .write
            run.report = findings.report
            run.emission.project = project
            run.emission.environment = environment
            run.outputDirectory = outputDirectory
            run.isForced = force

            // The command line that writes what this one looks at.
            var words = ["bayplan", "compile"]
            words += source.words + findings.words
            if !probesBuilds { words.append("--no-builds") }
            if let project { words += ["--project", project] }
            if let environment { words += ["--environment", environment] }
            if let outputDirectory { words += ["--output-directory", outputDirectory] }
            if let manifest { words += [(manifest.hasPrefix("-") && manifest != "-" ? "./" : "") + manifest] }
            run.command = words.map(quotedForShell).joined(separator: " ")

            let console = terminal.console(console)
            return try reportingFailure(console, run.report) { () throws(SystemFailure) in
                watch ? try WatchRun(run).run(console) : try run.run(console)
            }
        }
        return { terminal in
            guard all, manifest == nil else { return try run(manifest, on: terminal) }
            let found = try reportingFailure(terminal.console(console), findings.report) { () throws(SystemFailure) in
                try trackedManifests()
            }
            return try found.map { try run($0, on: terminal) }.max { $0.rawValue < $1.rawValue } ?? .clean
        }
    }
}
