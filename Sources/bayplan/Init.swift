import Arguments
import Compiler

extension Subcommand {
    /// `bayplan init`.
    static let initialize = Subcommand(
        "init", "Write a commented starter manifest, strategy.yaml, in this folder.",
        discussion: "Nothing that is there is overwritten."
    ) { options in
        let hook = options.flag(
            "hook", "Also add the check to .pre-commit-config.yaml, which is left as it is otherwise.")
        let git = options.flag(
            "git",
            "Also add to .gitattributes how git merges what is generated: here, and in the folders of projects elsewhere."
        )
        let reach = ReachOptions(&options)
        let console = ConsoleOptions(&options)

        return { terminal in
            var run = InitRun()
            run.addsHook = hook
            run.addsAttributes = git
            run.session = reach.session(nil)
            return try reportingFailure { () throws(SystemFailure) in try run.run(terminal.console(console)) }
        }
    }
}
