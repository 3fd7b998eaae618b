import Arguments
import Compiler

/// The program and its commands; a file for each, and nothing in them but options and their meaning.
enum Bayplan {
    static let subcommands: [Subcommand] = [
        .initialize, .importing, .validate, .compile, .order, .diff, .fingerprint, .pin, .map, .explain, .schema, .lsp,
    ]

    static var program: Program {
        Program(
            "bayplan", "A compiler for Docker image strategies.",
            discussion: """
                One manifest, strategy.yaml, declares generic images and the containers that each project runs from \
                them. Bayplan checks it against naming rules and against Compose, and emits every project's Compose \
                files and the scripts that build, verify and start.

                Exit status: 0 nothing to complain of, 1 findings or drift, 2 could not run.
                """,
            commands: subcommands.map(\.command))
    }

    /// Does what the words behind the program's name say.
    static func run(_ words: ArraySlice<String>, on terminal: Terminal) throws -> ExitStatus {
        guard let word = words.first, let subcommand = subcommands.first(where: { $0.command.name == word }) else {
            return try runItself(words, on: terminal)
        }
        let command = subcommand.command
        let reading = Reading(words.dropFirst(), of: command, in: program)
        var options = reading.options
        let action = subcommand.read(&options)
        do {
            guard let request = try reading.request(options) else { return try action(terminal) }
            return answer(request, of: command, on: terminal)
        } catch let fault as WrongUsage {
            return refuse(fault, of: command, on: terminal)
        }
    }

    /// Does what stands in place of a command.
    private static func runItself(_ words: ArraySlice<String>, on terminal: Terminal) throws -> ExitStatus {
        let rest = Array(words.dropFirst())
        switch words.first {
        case nil: return answer(.help, of: nil, on: terminal)
        case "help":
            guard let name = rest.first, name != "help", name.utf8.first != 0x2D else {
                // Options are those of the program itself.
                return try runItself(rest.first?.utf8.first == 0x2D ? rest[...] : [], on: terminal)
            }
            guard let command = program.commands.first(where: { $0.name == name }) else {
                return refuse(program.noCommand(name), of: nil, on: terminal)
            }
            return answer(.help, of: command, on: terminal)
        case Shell.question:
            terminal.print(program.offers(Array(rest.dropFirst()), isWhole: rest.first != Shell.bash.rawValue))
            return .clean
        case "--dump-options" where rest.isEmpty:
            terminal.print(String(decoding: program.description(), as: UTF8.self))
            return .clean
        case let word? where word.hasPrefix("--generate-completion-script"):
            return try printScript(for: word, rest, on: terminal)
        case let word? where word.utf8.first != 0x2D:
            return refuse(program.noCommand(word), of: nil, on: terminal)
        default:
            let reading = Reading(words, of: program.itself, in: program)
            do {
                return answer(try reading.request(reading.options) ?? .help, of: nil, on: terminal)
            } catch {
                return refuse(error, of: program.itself, on: terminal)
            }
        }
    }

    private static func answer(_ request: Reading.Request, of command: Command?, on terminal: Terminal) -> ExitStatus {
        switch request {
        case .version: terminal.print(bayplanVersion + "\n")
        case .help, .hiddenHelp:
            terminal.print(
                program.help(of: command, width: Terminal.columns ?? 80, withHidden: request == .hiddenHelp))
        }
        return .clean
    }

    private static func refuse(_ fault: WrongUsage, of command: Command?, on terminal: Terminal) -> ExitStatus {
        terminal.say(program.message(fault, in: command))
        return .failure
    }

    /// Prints a shell's completion script: the named shell's, or that of the variable `SHELL`.
    private static func printScript(for word: String, _ rest: [String], on terminal: Terminal) throws -> ExitStatus {
        let option = "--generate-completion-script"
        let shells = Shell.allCases.map(\.rawValue)
        let named = word == option ? rest.first : String(word.dropFirst(option.count + 1))
        let name = named ?? Terminal.variable("SHELL").map { String($0.split(separator: "/").last ?? "") } ?? ""
        guard let shell = Shell(rawValue: name) else {
            return refuse(WrongUsage(name, isNoValueOf: option, which: shells), of: nil, on: terminal)
        }
        terminal.print(shell.script(for: program.name))
        return .clean
    }
}
