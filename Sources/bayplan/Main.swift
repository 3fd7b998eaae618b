import Compiler
import Diagnostics

/// Where the program begins: it reads its command line, runs, and ends with an exit status of 0, 1 or 2.
@main
enum Main {
    static func main() {
        let terminal = Terminal()
        do {
            terminal.end(try Bayplan.run(CommandLine.arguments.dropFirst(), on: terminal))
        } catch let failure as RunFailure {
            // A path in it may be a stranger's, and a terminal or a runner's log reads it.
            terminal.say("bayplan: " + visible(failure.message) + "\n")
        } catch {
            terminal.say("bayplan: " + visible("\(error)") + "\n")
        }
        terminal.end(.failure)
    }
}

/// Why a run could not be carried out.
struct RunFailure: Error {
    let message: String
}
