import Arguments
import Compiler

extension Subcommand {
    /// `bayplan map`.
    static let map = Subcommand(
        "map", "Draw the workspace: one HTML page, or a picture.",
        discussion: """
            The page holds projects, images, bases, containers and ports, with links between all that hangs together, \
            and marks what has findings. It needs no network and nothing beside it.
            """
    ) { options in
        let manifest = options.manifestOperand()
        let format = options.choice("format", "What is drawn: a page or a picture.", default: MapRun.Format.html)
        let output = options.value(
            "output", short: "o", of: "file", "Write this file instead of standard output.", .anyFile)
        let open = options.flag(
            "open", "Show it in the browser; without --output it is written to map.html or map.svg here.")
        let force = options.flag("force", "Overwrite a file that Bayplan did not write.")
        let environment = options.value(
            "environment", of: "name", "What this environment runs; by default development.", .environments)
        let probesBuilds = options.probesBuilds()
        let notes = options.flag("verbose", "Mark notes, too, beside warnings and errors.")
        let source = SourceOptions(&options)
        let console = ConsoleOptions(&options)

        return { terminal in
            var run = MapRun(session: source.session(manifest))
            run.format = format
            run.environment = environment
            run.isForced = force
            run.showsNotes = notes
            run.session.probesBuilds = probesBuilds
            run.output = output ?? (open ? "map." + format.rawValue : nil)
            let status = try reportingFailure { () throws(SystemFailure) in try run.run(terminal.console(console)) }
            if open, status == .clean, let file = run.output { try terminal.open(file) }
            return status
        }
    }
}
