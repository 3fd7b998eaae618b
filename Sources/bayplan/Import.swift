import Arguments
import Compiler

extension Subcommand {
    /// `bayplan import`.
    static let importing = Subcommand(
        "import", "Write a manifest from Compose files.",
        discussion: """
            Each argument is a project: a folder, in which Compose files are found as Compose finds them (with the \
            override file, or those that .env names), one file and nothing beside it, or files joined by `:` that \
            Compose would read with several -f. In a folder, a file such as compose.production.yaml becomes an \
            environment if a manifest can say all of it. What cannot be carried over is reported, with its place; \
            --verbose also tells what was only said otherwise.
            """
    ) { options in
        let files = options.operands(
            "file", "The projects' folders or Compose files.", .manifests, isRequired: true)
        let output = options.value(
            "output", short: "o", of: "file", "Write this file, if there is none yet.", .manifests)
        let environments = options.flag(
            "environments",
            "Make an environment of each file such as compose.production.yaml, and tell what of it is not carried over."
        )
        let complete = options.list(
            "complete", of: "environment",
            "Take the file that is named for this environment as it is, merged over nothing; repeatable.", read: { $0 })
        let reach = ReachOptions(&options)
        let findings = FindingOptions(&options)
        let console = ConsoleOptions(&options)

        return { terminal in
            var run = ImportRun(inputs: files)
            run.output = output
            run.wantsEnvironments = environments
            run.complete = complete
            run.report = findings.report
            let session = reach.session(nil)
            run.root = session.root
            run.limits = session.limits
            let console = terminal.console(console)
            return try reportingFailure(console, run.report) { () throws(SystemFailure) in try run.run(console) }
        }
    }
}
