import Arguments
import Compiler

extension Subcommand {
    /// `bayplan lsp`.
    static let lsp = Subcommand(
        "lsp", "Serve an editor: the Language Server Protocol on standard input and output.",
        discussion: """
            Findings while one types, completion, hover, definitions and references, rename, quick fixes and an \
            outline. It reads what validate reads and writes nothing.
            """
    ) { options in
        let root = options.value("root", of: "folder", "The folder below which Bayplan reads.", .folders)
        // Many clients add it to every server's command line.
        _ = options.flag("stdio", "Speak on standard input and output, which is always so.", isHidden: true)
        let probesBuilds = options.probesBuilds()
        let console = ConsoleOptions(&options)

        return { terminal in
            var run = LanguageServerRun()
            run.version = bayplanVersion
            run.session.root = root ?? Terminal.rootVariable
            run.session.probesBuilds = probesBuilds
            return try reportingFailure { () throws(SystemFailure) in try run.run(terminal.console(console)) }
        }
    }
}
