/// What happens when source files change, and what runs around a container's life.
extension ComposeTable {
    static let develop = ObjectShape(
        "develop",
        [
            KeyShape("watch", .sequence(.object(watch), unique: false), "Lists the paths to watch")
        ])

    static let watch = ObjectShape(
        "watch",
        [
            KeyShape("path", .path, required: true, "Names the path to watch"),
            KeyShape(
                "action", .oneOf(["rebuild", "sync", "restart", "sync+restart", "sync+exec"]), required: true,
                "Says what a change sets off",
                newer: [
                    .init(.words(["sync+restart"]), since: "2.23.0"),
                    .init(.words(["restart", "sync+exec"]), since: "2.32.0"),
                ]),
            KeyShape("target", .text, "Names the path in the container that is kept the same"),
            KeyShape(
                "ignore", .textOrTexts, "Lists the patterns of files whose changes do not count",
                newer: [.init(.text, since: "2.34.0")]),
            KeyShape("include", .textOrTexts, "Lists the patterns of files whose changes alone count", since: "2.34.0"),
            KeyShape("exec", .object(hook), "Gives the command to run after files were copied", since: "2.32.0"),
            KeyShape(
                "initial_sync", .boolean, "Says whether files are copied before anything changes", since: "2.39.4"),
        ])

    /// A command that runs in a container at a moment of its life.
    static let hook = ObjectShape(
        "hook",
        [
            KeyShape("command", .command, required: true, "Gives the command"),
            KeyShape("user", .text, "Names the user that runs it"),
            KeyShape("privileged", .flag, "Runs it with extended privileges"),
            KeyShape("working_dir", .text, "Names the folder that it runs in"),
            KeyShape("environment", .variables, "Sets its environment"),
        ])

    static let preStart = ObjectShape(
        "pre-start hook",
        [
            KeyShape("command", .command, "Gives the command"),
            KeyShape("image", .text, "Names the image that it runs from"),
            KeyShape("user", .text, "Names the user that runs it"),
            KeyShape("privileged", .flag, "Runs it with extended privileges"),
            KeyShape("working_dir", .text, "Names the folder that it runs in"),
            KeyShape("environment", .variables, "Sets its environment"),
            KeyShape("per_replica", .flag, "Runs it for each container instead of once"),
        ])
}
