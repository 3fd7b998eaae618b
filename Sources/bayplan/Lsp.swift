import ArgumentParser
import Compiler

/// `bayplan lsp`.
struct Lsp: BayplanCommand {
    static let configuration = CommandConfiguration(
        commandName: "lsp",
        abstract: "Serve an editor: the Language Server Protocol on standard input and output.",
        discussion: """
            Findings while one types, completion, hover, definitions and references, rename, quick fixes and an \
            outline. It reads what validate reads and writes nothing.
            """)

    @Option(
        help: ArgumentHelp("The folder below which Bayplan reads.", valueName: "folder"), completion: .directory)
    var root: String?

    /// What many clients add to every server's command line.
    @Flag(help: .hidden) var stdio = false

    @OptionGroup var build: BuildOptions
    @OptionGroup var console: ConsoleOptions

    mutating func run(on terminal: Terminal) throws -> ExitStatus {
        var run = LanguageServerRun()
        run.version = bayplanVersion
        run.session.root = root ?? Terminal.rootVariable
        run.session.looksAtBuilds = !build.noBuilds
        return try reportingFailure { () throws(SystemFailure) in try run.run(terminal.console(console)) }
    }
}
