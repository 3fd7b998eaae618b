import ArgumentParser
import Compiler
import Diagnostics

/// `bayplan explain`.
struct Explain: BayplanCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Say at length what a rule finds, why, and what is right.",
        usage: "bayplan explain [<options>] <rule>\nbayplan explain --list")

    @Argument(
        help: "The rule, by code or name: BP107, container-name-taken.",
        completion: .list(Code.all.flatMap { [$0.label, $0.name] }))
    var rule: String?

    @Flag(help: "List every rule instead.")
    var list = false

    @Option(help: "How it is printed.")
    var format = ExplainRun.Format.text

    @OptionGroup var console: ConsoleOptions

    func validate() throws {
        if (rule == nil) != list { throw ValidationError("name a rule, or ask for the --list of all") }
    }

    mutating func run(on terminal: Terminal) throws -> ExitStatus {
        var run = ExplainRun(rule: rule)
        run.format = format
        return try reportingFailure { () throws(SystemFailure) in try run.run(terminal.console(console)) }
    }
}

extension ExplainRun.Format: ExpressibleByArgument {}
