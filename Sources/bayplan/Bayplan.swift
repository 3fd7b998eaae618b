import ArgumentParser
import Compiler

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
        subcommands: [Validate.self, Compile.self, Order.self, Schema.self])
}

/// The version of this program.
let bayplanVersion = "0.1.0"
