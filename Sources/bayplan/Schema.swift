import ArgumentParser
import Compiler

/// `bayplan schema`.
struct Schema: BayplanCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Print the manifest's JSON Schema (draft-07), for editors and validators.")

    @OptionGroup var console: ConsoleOptions

    mutating func run(on terminal: Terminal) throws -> ExitStatus {
        SchemaRun().run(terminal.console(console))
    }
}
