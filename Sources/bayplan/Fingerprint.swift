import ArgumentParser
import Compiler

/// `bayplan fingerprint`.
struct Fingerprint: BayplanCommand {
    static let configuration = CommandConfiguration(
        commandName: "fingerprint",
        abstract: "Print a hash of what each image would be built from.",
        usage: "bayplan fingerprint [<options>] [<image> ...]",
        discussion: """
            The hash covers the build context as Docker would send it (.dockerignore obeyed), the Dockerfile, the options \
            of the build with the values of its variables, and the bases of this workspace. It does not cover pulled \
            bases: those are the engine's. With --changed, build.sh skips the images whose hash is that of the image that \
            the engine has.

            Exit status: 0 printed, 1 the manifest has errors or an image has no fingerprint, 2 could not run.
            """)

    @Argument(
        help: ArgumentHelp("The images; by default all.", valueName: "image"), completion: NameCompletion.builtImages)
    var images: [String] = []

    @Option(
        help: ArgumentHelp("The manifest; by default strategy.yaml here or above.", valueName: "path"),
        completion: NameCompletion.manifests)
    var manifest: String?

    @Option(help: "How the hashes are printed.")
    var format = FingerprintRun.Format.text

    @Flag(help: .hidden) var scriptTables = false

    @OptionGroup var source: SourceOptions
    @OptionGroup var console: ConsoleOptions

    mutating func run(on terminal: Terminal) throws -> ExitStatus {
        var run = FingerprintRun(session: source.session(manifest))
        run.images = images
        run.format = format
        run.variable = Terminal.variable
        return try reportingFailure { () throws(SystemFailure) in
            if scriptTables { run.scriptTables = try standardInput(limit: 1 << 28) }
            return try run.run(terminal.console(console))
        }
    }
}

extension FingerprintRun.Format: ExpressibleByArgument {}
