import Arguments
import Compiler
import Diagnostics

extension Subcommand {
    /// `bayplan explain`.
    static let explain = Subcommand(
        "explain", "Say at length what a rule finds, why, and what is right.",
        usage: ["explain [<options>] <rule>", "explain --list"]
    ) { options in
        let rule = options.operand(
            "rule", "The rule, by code or name, or a group: BP107, container-name-taken, hardening.",
            .words { Code.all.flatMap { [$0.label, $0.name] } + RuleGroup.all.map(\.name) })
        let list = options.flag("list", "List every rule instead.")
        let format = options.choice("format", "How it is printed.", default: ExplainRun.Format.text)
        let console = ConsoleOptions(&options)

        options.refuse((rule == nil) != list, "name a rule, or ask for the --list of all")

        return { terminal in
            var run = ExplainRun(rule: rule)
            run.format = format
            return try reportingFailure { () throws(SystemFailure) in try run.run(terminal.console(console)) }
        }
    }
}
