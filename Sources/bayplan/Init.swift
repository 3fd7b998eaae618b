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
        let console = ConsoleOptions(&options)

        return { terminal in
            var run = InitRun()
            run.addsHook = hook
            return try reportingFailure { () throws(SystemFailure) in try run.run(terminal.console(console)) }
        }
    }
}
