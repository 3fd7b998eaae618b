import Arguments
import Compiler

extension Subcommand {
    /// `bayplan import`.
    static let importing = Subcommand(
        "import", "Write a manifest from Compose files.",
        discussion: """
            Each argument is a project: a folder, in which Compose files are found as Compose finds them (with the \
            override file, and with a file such as compose.production.yaml as an environment), one file, or files \
            joined by `:` that Compose would read with several -f. What cannot be carried over is reported, with its \
            place; --verbose also tells what was only said otherwise.
            """
    ) { options in
        let files = options.operands(
            "file", "The projects' folders or Compose files.", .manifests, isRequired: true)
        let output = options.value(
            "output", short: "o", of: "file", "Write this file, if there is none yet.", .manifests)
        let reach = ReachOptions(&options)
        let findings = FindingOptions(&options)
        let console = ConsoleOptions(&options)

        return { terminal in
            var run = ImportRun(inputs: files)
            run.output = output
            run.report = findings.report
            let session = reach.session(nil)
            run.root = session.root
            run.limits = session.limits
            return try reportingFailure { () throws(SystemFailure) in try run.run(terminal.console(console)) }
        }
    }
}
