import ArgumentParser
import Compiler

/// `bayplan compile`.
struct Compile: BayplanCommand {
    static let configuration = CommandConfiguration(
        commandName: "compile",
        abstract: "Check the manifest, then write what it leads to.",
        discussion: """
            A file that Bayplan did not write, or that was edited since, is refused and nothing is written. What is \
            already right is not touched.

            --watch ends with Ctrl-C, for a shell with status 130, or when what reads its output ends; artifacts are \
            then whole.
            """)

    @Argument(
        help: "The manifest; by default strategy.yaml here or above, - for standard input.",
        completion: NameCompletion.manifests)
    var manifest: String?

    @Flag(help: "Write nothing; fail if anything on disk differs, and show how.")
    var check = false

    @Flag(help: "Write nothing; print the differences.")
    var diff = false

    @Flag(help: "Write nothing; say what would be done.")
    var dryRun = false

    @Flag(help: "Overwrite files that were edited or that Bayplan did not write.")
    var force = false

    @Flag(help: "Compile again whenever the manifest or a Dockerfile changes, until Ctrl-C.")
    var watch = false

    @Option(
        help: ArgumentHelp("Only this project's Compose files.", valueName: "name"),
        completion: NameCompletion.projects)
    var project: String?

    @Option(
        help: ArgumentHelp("Only this environment's Compose files.", valueName: "name"),
        completion: NameCompletion.environments)
    var environment: String?

    @Option(
        help: ArgumentHelp("Put everything below this folder, for a look.", valueName: "folder"),
        completion: .directory)
    var outputDirectory: String?

    @OptionGroup var source: SourceOptions
    @OptionGroup var builds: BuildOptions
    @OptionGroup var findings: FindingOptions
    @OptionGroup var console: ConsoleOptions

    func validate() throws {
        if [check, diff, dryRun].count(where: { $0 }) > 1 {
            throw ValidationError("--check, --diff and --dry-run exclude one another")
        }
        if watch, check || diff || dryRun {
            throw ValidationError("--watch writes what changed: it goes without --check, --diff and --dry-run")
        }
        if watch, manifest == "-" {
            throw ValidationError("--watch needs a manifest that is a file; standard input does not change")
        }
        if force, check || diff { throw ValidationError("--force has nothing to overwrite with --check or --diff") }
    }

    mutating func run(on terminal: Terminal) throws -> ExitStatus {
        var run = CompileRun(session: source.session(manifest))
        run.session.looksAtBuilds = !builds.noBuilds
        run.mode = check ? .check : diff ? .diff : dryRun ? .dryRun : .write
        run.report = findings.report
        run.emission.project = project
        run.emission.environment = environment
        run.outputDirectory = outputDirectory
        run.isForced = force
        run.command = repairCommand
        return try reportingFailure { () throws(SystemFailure) in
            let console = terminal.console(console)
            return watch ? try WatchRun(run).run(console) : try run.run(console)
        }
    }

    /// The command line that writes what this one looks at.
    private var repairCommand: String {
        var words = ["bayplan", "compile"]
        if let root = source.root { words += ["--root", root] }
        if builds.noBuilds { words.append("--no-builds") }
        if let project { words += ["--project", project] }
        if let environment { words += ["--environment", environment] }
        if let outputDirectory { words += ["--output-directory", outputDirectory] }
        if let manifest { words.append(manifest) }
        return words.map(quotedForShell).joined(separator: " ")
    }
}

/// A word that a shell reads as this text.
func quotedForShell(_ word: String) -> String {
    let isPlain =
        !word.isEmpty
        && word.utf8.allSatisfy { byte in
            (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x5A) || (byte >= 0x61 && byte <= 0x7A)
                || "_./:@+,-".utf8.contains(byte)
        }
    return isPlain
        ? word : "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
}
