import ArgumentParser
import Compiler

/// `bayplan order`.
struct Order: BayplanCommand {
    static let configuration = CommandConfiguration(
        commandName: "order",
        abstract: "Print the order in which images are built, and its stages.")

    @Argument(help: "The images, with what they are built from; by default all.")
    var images: [String] = []

    @Option(help: ArgumentHelp("The manifest; by default strategy.yaml here or above.", valueName: "path"))
    var manifest: String?

    @Option(help: "text, json or mermaid.")
    var format = OrderRun.Format.text

    @OptionGroup var source: SourceOptions
    @OptionGroup var console: ConsoleOptions

    mutating func run(on terminal: Terminal) throws -> ExitStatus {
        var run = OrderRun(session: source.session(manifest))
        run.images = images
        run.format = format
        return try reportingFailure { () throws(SystemFailure) in try run.run(terminal.console(console)) }
    }
}

extension OrderRun.Format: ExpressibleByArgument {}
