import Arguments
import Compiler

extension Subcommand {
    /// `bayplan schema`.
    static let schema = Subcommand(
        "schema", "Print the manifest's JSON Schema (draft-07), for editors and validators."
    ) { options in
        let console = ConsoleOptions(&options)

        return { terminal in SchemaRun().run(terminal.console(console)) }
    }
}
