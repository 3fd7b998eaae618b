import ArgumentParser
import Compiler

/// `bayplan validate`.
struct Validate: BayplanCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Check manifests and report what is wrong; write nothing.")

    @Argument(help: "The manifests; by default strategy.yaml here or above, - for standard input.")
    var manifests: [String] = []

    @OptionGroup var source: SourceOptions
    @OptionGroup var builds: BuildOptions
    @OptionGroup var findings: FindingOptions
    @OptionGroup var console: ConsoleOptions

    mutating func run(on terminal: Terminal) throws -> ExitStatus {
        var sessions = manifests.isEmpty ? [source.session(nil)] : manifests.map { source.session($0) }
        for index in sessions.indices { sessions[index].looksAtBuilds = !builds.noBuilds }
        var run = ValidateRun(sessions: sessions)
        run.report = findings.report
        return try reportingFailure { () throws(SystemFailure) in try run.run(terminal.console(console)) }
    }
}
