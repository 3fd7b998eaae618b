import ArgumentParser
import Compiler

/// `bayplan map`.
struct Map: BayplanCommand {
    static let configuration = CommandConfiguration(
        commandName: "map",
        abstract: "Draw the workspace: one HTML page, or a picture.",
        usage: "bayplan map [<options>] [<manifest>]",
        discussion: """
            The page holds projects, images, bases, containers and ports, with links between all that hangs together. \
            It needs no network and nothing beside it.
            """)

    @Argument(
        help: "The manifest; by default strategy.yaml here or above, - for standard input.",
        completion: NameCompletion.manifests)
    var manifest: String?

    @Option(help: "What is drawn: a page or a picture.")
    var format = MapRun.Format.html

    @Option(
        name: .shortAndLong, help: ArgumentHelp("Write this file instead of standard output.", valueName: "file"),
        completion: .file())
    var output: String?

    @Flag(help: "Show it in the browser; without --output it is written to map.html or map.svg here.")
    var open = false

    @Flag(help: "Overwrite a file that Bayplan did not write.")
    var force = false

    @Option(
        help: ArgumentHelp("What this environment runs; by default development.", valueName: "name"),
        completion: NameCompletion.environments)
    var environment: String?

    @OptionGroup var source: SourceOptions
    @OptionGroup var console: ConsoleOptions

    mutating func run(on terminal: Terminal) throws -> ExitStatus {
        var run = MapRun(session: source.session(manifest))
        run.format = format
        run.environment = environment
        run.isForced = force
        run.output = output ?? (open ? "map." + format.rawValue : nil)
        let status = try reportingFailure { () throws(SystemFailure) in try run.run(terminal.console(console)) }
        if open, status == .clean, let file = run.output { try terminal.open(file) }
        return status
    }
}

extension MapRun.Format: ExpressibleByArgument {}
