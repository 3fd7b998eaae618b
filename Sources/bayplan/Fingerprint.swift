import Arguments
import Compiler

extension Subcommand {
    /// `bayplan fingerprint`.
    static let fingerprint = Subcommand(
        "fingerprint", "Print a hash of what each image would be built from.",
        discussion: """
            The hash covers the build context as Docker would send it (.dockerignore obeyed), the Dockerfile, the options \
            of the build with the values of its variables, and the bases of this workspace. It does not cover pulled \
            bases: those are the engine's. With --changed, build.sh skips the images whose hash is that of the image that \
            the engine has.

            With --watch it prints the names of the images whose inputs have changed since the last line, those that \
            they stand on first: one line for a burst of saves, the next one once that has been read. It ends with \
            Ctrl-C, or when what reads its output ends. What a Dockerfile fetches from the network is not watched.

            Exit status: 0 printed, 1 the manifest has errors or an image has no fingerprint, 2 could not run.
            """
    ) { options in
        let images = options.operands("image", "The images; by default all.", .builtImages)
        let manifest = options.manifestOption()
        let format = options.choice("format", "How the hashes are printed.", default: FingerprintRun.Format.text)
        let watch = options.flag(
            "watch", "Print the names of images whenever their inputs have changed, until Ctrl-C.")
        let scriptTables = options.flag(
            "script-tables",
            "Read a script's tables on standard input, and answer as it wants it; --root then names what the root holds.",
            isHidden: true)
        let environment = options.value(
            "environment", of: "name", "What this environment builds; by default development.", .environments)
        let source = SourceOptions(&options)
        let console = ConsoleOptions(&options)

        options.refuse(
            watch && manifest == "-", "--watch needs a manifest that is a file; standard input does not change")
        options.refuse(
            watch && format != .text, "--watch prints names, a line for each change: it goes without --format")
        return { terminal in
            var run = FingerprintRun(session: source.session(manifest))
            run.images = images
            run.format = format
            run.environment = environment
            run.variable = Terminal.variable
            return try reportingFailure { () throws(SystemFailure) in
                if scriptTables {
                    run.scriptTables = try standardInput(limit: 1 << 28)
                    run.session.held = source.root
                    run.session.root = Terminal.rootVariable
                }
                let console = terminal.console(console)
                return try watch ? ImageWatch(run).run(console) : run.run(console)
            }
        }
    }
}
