import ArgumentParser
import Compiler

/// Where the program begins: it parses, runs, and turns whatever happened into an exit status of 0, 1 or 2.
@main
enum Main {
    static func main() {
        let terminal = Terminal()
        do {
            if let command = FrequentCommand(CommandLine.arguments.dropFirst()) {
                terminal.end(try command.run(on: terminal))
            }
            if var command = Bayplan.directlyParsed(CommandLine.arguments.dropFirst()) {
                terminal.end(try command.run(on: terminal))
            }
            if let unknown = Bayplan.unknownCommand(CommandLine.arguments.dropFirst()) {
                throw RunFailure(message: unknown)
            }
            var command = try Bayplan.parseAsRoot()
            if var runnable = command as? any BayplanCommand {
                terminal.end(try runnable.run(on: terminal))
            }
            try command.run()
            terminal.end(.clean)
        } catch let failure as RunFailure {
            terminal.say("bayplan: " + failure.message + "\n")
            terminal.end(.failure)
        } catch {
            // Help and version are results; everything else the parser says is wrong usage.
            let text = Bayplan.fullMessage(for: error)
            if Bayplan.exitCode(for: error) == .success {
                terminal.print(text + "\n")
                terminal.end(.clean)
            }
            terminal.say(text + "\n")
            terminal.end(.failure)
        }
    }
}

/// A subcommand that runs on a terminal and ends in an exit status.
protocol BayplanCommand: ParsableCommand {
    mutating func run(on terminal: Terminal) throws -> ExitStatus
}

/// Why a run could not be carried out.
struct RunFailure: Error {
    let message: String
}
