import ArgumentParser
import Compiler

/// `bayplan order`.
struct Order: BayplanCommand {
    static let configuration = CommandConfiguration(
        commandName: "order",
        abstract: "Print the order in which images are built, and its stages.",
        usage: "bayplan order [<options>] [<image> ...]",
        discussion: """
            With --affected-by or --since, lists instead the images whose inputs changed, the images built on them and \
            the services that run them, each with its reason; a path that .dockerignore keeps out of a build changes \
            nothing. --since counts what is committed since the revision, changed, or new and not ignored by git.

            github-matrix is one line of JSON with a matrix for each stage, for jobs that follow each other: \
            `matrix: ${{ fromJSON(needs.plan.outputs.order)['stage-1'] }}`, \
            `if: fromJSON(needs.plan.outputs.order)['stage-1'].include[0]`.
            """)

    @Argument(
        help: ArgumentHelp("The images, with what they are built from; by default all.", valueName: "image"),
        completion: NameCompletion.builtImages)
    var images: [String] = []

    @Option(
        help: ArgumentHelp("The manifest; by default strategy.yaml here or above.", valueName: "path"),
        completion: NameCompletion.manifests)
    var manifest: String?

    @Option(help: "How the order is printed.")
    var format = OrderRun.Format.text

    @Option(
        parsing: .upToNextOption, help: ArgumentHelp("What these files or folders reach.", valueName: "path"),
        completion: .file())
    var affectedBy: [String] = []

    @Option(help: ArgumentHelp("What has changed since a revision of git reaches.", valueName: "revision"))
    var since: String?

    @OptionGroup var source: SourceOptions
    @OptionGroup var console: ConsoleOptions

    mutating func run(on terminal: Terminal) throws -> ExitStatus {
        var run = OrderRun(session: source.session(manifest))
        run.images = images
        run.format = format
        run.affectedBy = affectedBy.isEmpty ? nil : affectedBy
        run.since = since
        return try reportingFailure { () throws(SystemFailure) in try run.run(terminal.console(console)) }
    }
}

extension OrderRun.Format: ExpressibleByArgument {}
