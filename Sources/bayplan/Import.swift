import ArgumentParser
import Compiler

/// `bayplan import`.
struct Import: BayplanCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Write a manifest from Compose files.",
        usage: "bayplan import [<options>] <file> ...",
        discussion: """
            Each argument is a project: a folder, in which Compose files are found as Compose finds them (with the \
            override file, and with a file such as compose.production.yaml as an environment), one file, or files \
            joined by `:` that Compose would read with several -f. What cannot be carried over is reported, with its \
            place; --verbose also tells what was only said otherwise.
            """)

    @Argument(
        help: ArgumentHelp("The projects' folders or Compose files.", valueName: "file"),
        completion: NameCompletion.manifests)
    var files: [String]

    @Option(
        name: .shortAndLong, help: ArgumentHelp("Write this file, if there is none yet.", valueName: "file"),
        completion: NameCompletion.manifests)
    var output: String?

    @OptionGroup var reach: ReachOptions
    @OptionGroup var findings: FindingOptions
    @OptionGroup var console: ConsoleOptions

    mutating func run(on terminal: Terminal) throws -> ExitStatus {
        var run = ImportRun(inputs: files)
        run.output = output
        run.report = findings.report
        let session = reach.session(nil)
        run.root = session.root
        run.limits = session.limits
        return try reportingFailure { () throws(SystemFailure) in try run.run(terminal.console(console)) }
    }
}
