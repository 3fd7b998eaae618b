import Arguments
import Compiler

extension Subcommand {
    /// `bayplan diff`.
    static let diff = Subcommand(
        "diff", "Tell what the manifest changes: images, containers, ports, volumes.",
        discussion: """
            Compares by meaning: the order of keys, short and long forms, anchors and comments change nothing. Each change \
            is told with what follows on the machines, and with the command where a person must act. Values of \
            variables are never told.

            Compared with a revision of git, an image is also built anew when a file changed that is sent to its build; \
            `--since main` is what a branch changes. With several checkouts below the root, each is asked for its own \
            past, and one that lacks the revision is told as not compared.

            --format summary is the last line alone. With --all it is a line for each manifest that git tracks, and one \
            that cannot be compared is told there and is no failure: for a hook, which holds up no commit.
            """
    ) { options in
        let other = options.operand(
            "other", "The manifest to compare with; by default what is committed of this one.", .manifests)
        let manifest = options.manifestOption()
        let since = options.value(
            "since", of: "revision", "Count changes from where this revision of git and HEAD parted.")
        let format = options.choice("format", "How the changes are printed.", default: DiffRun.Format.text)
        let environment = options.value(
            "environment", of: "name", "Only what changes in this environment; by default in all.", .environments)
        let all = options.allManifests()
        let exitCode = options.flag("exit-code", "End with status 1 if anything changes.")
        let source = SourceOptions(&options)
        let console = ConsoleOptions(&options)
        options.refuse(other != nil && since != nil, "either another manifest or --since, not both")

        options.refuse(
            all && (format != .summary || other != nil),
            "--all tells a line for each manifest that git tracks: it goes with --format summary, and without another "
                + "manifest")

        return { terminal in
            let console = terminal.console(console)
            func run(_ manifest: String?) -> DiffRun {
                var run = DiffRun(session: source.session(manifest))
                run.other = other
                run.since = since
                run.format = format
                run.environment = environment
                run.failsOnChange = exitCode
                return run
            }
            return try reportingFailure { () throws(SystemFailure) in
                guard all, manifest == nil else { return try run(manifest).run(console) }
                return try DiffRun.runAll(try trackedManifests().map(run), console)
            }
        }
    }
}
