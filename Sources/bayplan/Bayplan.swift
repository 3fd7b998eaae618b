import ArgumentParser
import Compiler
import Diagnostics

/// The command `bayplan` and its subcommands; a file for each, and nothing in them but options and their meaning.
struct Bayplan: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bayplan",
        abstract: "A compiler for Docker image strategies.",
        discussion: """
            One manifest, strategy.yaml, declares generic images and the containers that each project runs from them. \
            Bayplan checks it against naming rules and against Compose, and emits every project's Compose files and \
            the scripts that build, verify and start.

            Exit status: 0 nothing to complain of, 1 findings or drift, 2 could not run.
            """,
        version: bayplanVersion,
        subcommands: commands)

    static let commands: [any BayplanCommand.Type] = [
        Init.self, Import.self, Validate.self, Compile.self, Order.self, Fingerprint.self, Map.self, Explain.self,
        Schema.self, Lsp.self,
    ]

    /// Parses a command line that a subcommand's name begins and that this subcommand understands.
    ///
    /// Alone, without its siblings, a subcommand parses in a third of the time, which is most of a small run. Help,
    /// mistakes and everything else are the whole parser's, which knows how to speak of them.
    static func directlyParsed(_ words: some Collection<String>) -> (any BayplanCommand)? {
        guard let name = words.first,
            let command = commands.first(where: { $0.configuration.commandName == name })
        else { return nil }
        return try? command.parse(Array(words.dropFirst()))
    }

    /// What to say of a command line that begins with no command's name; nil for any other.
    static func unknownCommand(_ words: some Collection<String>) -> String? {
        guard let word = words.first, !word.hasPrefix("-"), word != "help" else { return nil }
        let names = commands.compactMap { $0.configuration.commandName }
        if names.contains(word) { return nil }
        let meant =
            nearest(to: word, among: names).map { "; did you mean `\($0)`?" }
            ?? ", only \(names.joined(separator: ", "))"
        return "there is no command `\(visible(word))`\(meant)"
    }
}

/// The version of this program.
let bayplanVersion = "0.1.0"
