import Diagnostics
import StrategyManifest

/// BP118: a variable for instances that means something else already.
enum InstanceVariableTaken: Rule {
    static let code = Code.instanceVariableTaken
    static let summary = """
        `instances` with a variable that Compose, Docker, a shell or the scripts read themselves, such as \
        `COMPOSE_PROJECT_NAME`, or that a published port would have.
        """
    static let rationale =
        "Setting it would change more than names, and whoever sets it for its own meaning moves every name."

    private static let beginnings = ["COMPOSE_", "DOCKER_", "BUILDX_", "BUILDKIT_", "PORT_", "LC_"]
    private static let names: Set<String> = [
        "PATH", "HOME", "USER", "PWD", "SHELL", "TERM", "IFS", "LANG", "HOSTNAME", "TMPDIR", "CI", "BAYPLAN_ROOT",
        "BAYPLAN_FINGERPRINT", "BAYPLAN_BASES", "SOURCE_DATE_EPOCH",
    ]

    static func check(_ context: inout RuleContext) {
        guard let variable = context.manifest.instances else { return }
        let name = variable.value.uppercased()
        guard names.contains(name) || beginnings.contains(where: name.hasPrefix) else { return }
        context.report(
            code, "`\(variable.value)` means something else already", at: variable.span, "other programs read it",
            why: rationale, help: ["take a variable of the workspace's own: `instances: BAYPLAN_INSTANCE`"])
    }
}
