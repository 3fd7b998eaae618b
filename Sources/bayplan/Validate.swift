import ArgumentParser
import Compiler

/// `bayplan validate`.
struct Validate: BayplanCommand {
    static let configuration = CommandConfiguration(
        commandName: "validate",
        abstract: "Check manifests and report what is wrong.",
        usage: "bayplan validate [<options>] [<manifest> ...]",
        discussion: """
            Nothing is written unless --fix is given. It makes the safe fixes: those whose edit is beyond doubt; every \
            byte outside the edits stays. What cannot be fixed is reported as always.
            """)

    @Argument(
        help: ArgumentHelp(
            "The manifests; by default strategy.yaml here or above, - for standard input.", valueName: "manifest"),
        completion: NameCompletion.manifests)
    var manifests: [String] = []

    @Flag(help: "Make the safe fixes in the manifests.")
    var fix = false

    @Flag(help: "Show the safe fixes as a diff instead of making them.")
    var diff = false

    @OptionGroup var source: SourceOptions
    @OptionGroup var builds: BuildOptions
    @OptionGroup var findings: FindingOptions
    @OptionGroup var console: ConsoleOptions

    func validate() throws {
        if fix, !diff, manifests.contains("-") {
            throw ValidationError("--fix cannot change standard input; --diff shows what it would change")
        }
    }

    mutating func run(on terminal: Terminal) throws -> ExitStatus {
        var sessions = manifests.isEmpty ? [source.session(nil)] : manifests.map { source.session($0) }
        for index in sessions.indices { sessions[index].looksAtBuilds = !builds.noBuilds }
        var run = ValidateRun(sessions: sessions)
        run.report = findings.report
        run.fixes = diff ? .diff : fix ? .make : .show
        return try reportingFailure { () throws(SystemFailure) in try run.run(terminal.console(console)) }
    }
}
