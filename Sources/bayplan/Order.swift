import Arguments
import Compiler

extension Subcommand {
    /// `bayplan order`.
    static let order = Subcommand(
        "order", "Print the order in which images are built, and its stages.",
        discussion: """
            With --affected-by or --since, lists instead the images whose inputs changed, the images built on them and \
            the services that run them, each with its reason; a path that .dockerignore keeps out of a build changes \
            nothing. --since counts what is committed since the revision, changed, or new and not ignored by git. Checkouts \
            side by side (--root ..) are each asked for the revision: name a branch, a tag or HEAD~1, for a commit is of \
            one checkout alone. A checkout that lacks it is told, and not compared.

            github-matrix is one line of JSON with a matrix for each stage, for jobs that follow each other: \
            `matrix: ${{ fromJSON(needs.plan.outputs.order)['stage-1'] }}`, \
            `if: fromJSON(needs.plan.outputs.order)['stage-1'].include[0]`.
            """
    ) { options in
        let images = options.operands(
            "image", "The images, with what they are built from; by default all.", .builtImages)
        let manifest = options.manifestOption()
        let format = options.choice("format", "How the order is printed.", default: OrderRun.Format.text)
        let affectedBy = options.values("affected-by", of: "path", "What these files or folders reach.", .anyFile)
        let since = options.value("since", of: "revision", "What has changed since a revision of git reaches.")
        let environment = options.value(
            "environment", of: "name", "What this environment builds; by default development.", .environments)
        let source = SourceOptions(&options)
        let console = ConsoleOptions(&options)

        return { terminal in
            var run = OrderRun(session: source.session(manifest))
            run.images = images
            run.format = format
            run.environment = environment
            run.affectedBy = affectedBy.isEmpty ? nil : affectedBy
            run.since = since
            return try reportingFailure { () throws(SystemFailure) in try run.run(terminal.console(console)) }
        }
    }
}
