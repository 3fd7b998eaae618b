import Diagnostics

/// The codes that speak of what is on disk: `compile`, `compile --check`.
extension Explanation {
    static let ofArtifacts = [
        Explanation(
            .outOfDate, finds: "An artifact on disk that differs from what the manifest leads to now (`--check`).",
            matters: "What runs is then not what the manifest says."),
        Explanation(
            .editedByHand, finds: "An artifact that was changed since Bayplan wrote it.",
            matters: "It is someone's work: Bayplan does not write over it."),
        Explanation(
            .notOurs, finds: "A file in the place of an artifact that Bayplan never wrote.",
            matters: "It is someone's work: Bayplan does not write over it."),
        Explanation(
            .leftOver, finds: "A file that Bayplan wrote for a project or environment that is gone, edited since.",
            matters: "It looks like a part of the workspace and is none."),
        Explanation(
            .outsideWorkspace, finds: "A path that leaves the root, the one folder below which Bayplan writes.",
            matters: "A manifest may come from a stranger; it can never widen its own reach.",
            configuring: "`--root` or the variable `BAYPLAN_ROOT` widens the root, as for checkouts side by side."),
        Explanation(
            .missingArtifact, finds: "An artifact that is not on disk (`--check`).",
            matters: "Whoever clones the repository lacks what it takes to run."),
        Explanation(
            .artifactShadowed,
            finds: """
                A `compose.yaml`, an override file or a `.env` with `COMPOSE_FILE` beside an emitted Compose file that \
                `docker compose` reads instead of it, or merges over it (`compile`, `import`).
                """,
            matters: "What runs is then not what the manifest says, and nothing tells."),
    ]
}
