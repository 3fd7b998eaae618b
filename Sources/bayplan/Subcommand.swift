import Arguments
import Compiler

/// A command of `bayplan`: its table, and what it does with what was stated.
///
/// Each stands in a file of its own, as a static member that `Bayplan.subcommands` lists. An option is one line in it.
struct Subcommand: Sendable {
    typealias Action = (Terminal) throws -> ExitStatus

    let command: Command
    /// Asks for all that the command takes, and gives what is then to be done.
    let read: @Sendable (inout Options) -> Action

    init(
        _ name: String, _ abstract: String, discussion: String = "", usage: [String] = [],
        read: @escaping @Sendable (inout Options) -> Action
    ) {
        command = Command(name, abstract, discussion: discussion, usage: usage) { _ = read(&$0) }
        self.read = read
    }
}

/// Runs, tells a fault of the machine in every report, and turns it into what `main` prints.
func reportingFailure<Value>(
    _ console: Console, _ report: ReportOptions, _ body: () throws(SystemFailure) -> Value
) throws -> Value {
    do {
        return try body()
    } catch {
        console.report(error, report)
        throw RunFailure(message: error.message)
    }
}

/// Runs, and turns a fault of the machine into what `main` prints.
func reportingFailure<Value>(_ body: () throws(SystemFailure) -> Value) throws -> Value {
    do {
        return try body()
    } catch {
        throw RunFailure(message: error.message)
    }
}
