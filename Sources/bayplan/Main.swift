import CPlatform
import Compiler
import Diagnostics

/// Where the program begins: it reads its command line, runs, and ends with an exit status of 0, 1 or 2.
@main
enum Main {
    static func main() {
        let terminal = Terminal()
        do {
            terminal.end(try Bayplan.run(commandLine.dropFirst(), on: terminal))
        } catch let failure as RunFailure {
            // A path in it may be a stranger's, and a terminal or a runner's log reads it.
            terminal.say("bayplan: " + visible(failure.message) + "\n")
        } catch {
            terminal.say("bayplan: " + visible("\(error)") + "\n")
        }
        terminal.end(.failure)
    }

    /// The words of the command line, the program's own name first.
    private static var commandLine: [String] {
        var count: Int32 = 0
        guard let words = command_line_without_proc(&count) else { return CommandLine.arguments }
        return (0..<Int(count)).compactMap { words[$0].map { String(cString: $0) } }
    }
}

/// Why a run could not be carried out.
struct RunFailure: Error {
    let message: String
}
