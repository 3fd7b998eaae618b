import Arguments
import Compiler

extension Subcommand {
    /// `bayplan pin`.
    static let pin = Subcommand(
        "pin", "Write the digests of images into the manifest.",
        discussion: """
            Reads a line for each image on standard input: its name, the reference that was asked for, and the digest, as \
            scripts/pin.sh prints them. A digest goes behind the reference in `pull`, or with --environment into the \
            environment's `images`; every comment and everything else stays as it is. An image whose reference holds a \
            variable is told and not pinned.

            Exit status: 0 pinned, 1 the manifest has errors, or an image is not pinned because the manifest says another \
            reference now, 2 could not run, and nothing was changed.
            """,
        usage: ["pin [<options>] [<manifest>] < lines"]
    ) { options in
        let manifest = options.operand("manifest", "The manifest; by default strategy.yaml here or above.", .manifests)
        let environment = options.value(
            "environment", of: "name", "Pin what this environment runs; by default what `pull` says.", .environments)
        let diff = options.flag("diff", "Write nothing; print the differences.")
        let source = SourceOptions(&options)
        let console = ConsoleOptions(&options)

        options.refuse(manifest == "-", "standard input holds the digests; name the manifest's file")

        return { terminal in
            try reportingFailure { () throws(SystemFailure) in
                var run = PinRun(session: source.session(manifest), input: try standardInput(limit: 1 << 24))
                run.environment = environment
                run.showsDiff = diff
                return try run.run(terminal.console(console))
            }
        }
    }
}
