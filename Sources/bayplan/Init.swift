import ArgumentParser
import Compiler

/// `bayplan init`.
struct Init: BayplanCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Write a commented starter manifest, strategy.yaml, in this folder.",
        discussion: "Nothing that is there is overwritten.")

    @Flag(help: "Also add the check to .pre-commit-config.yaml, which is left as it is otherwise.")
    var hook = false

    @OptionGroup var console: ConsoleOptions

    mutating func run(on terminal: Terminal) throws -> ExitStatus {
        var run = InitRun()
        run.addsHook = hook
        return try reportingFailure { () throws(SystemFailure) in try run.run(terminal.console(console)) }
    }
}
