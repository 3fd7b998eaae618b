import Diagnostics

/// The codes that speak of what is on disk: `compile`, `compile --check`.
extension Explanation {
    static let ofArtifacts = [
        Explanation(
            .outOfDate, summary: "An artifact on disk that differs from what the manifest leads to now (`--check`).",
            rationale: "What runs is then not what the manifest says."),
        Explanation(
            .editedByHand, summary: "An artifact that was changed since Bayplan wrote it.",
            rationale: "It is someone's work: Bayplan does not write over it."),
        Explanation(
            .notOurs, summary: "A file in the place of an artifact that Bayplan never wrote.",
            rationale: "It is someone's work: Bayplan does not write over it."),
        Explanation(
            .leftOver, summary: "A file that Bayplan wrote for a project or environment that is gone, edited since.",
            rationale: "It looks like a part of the workspace and is none."),
        Explanation(
            .outsideWorkspace, summary: "A path that leaves the root, the one folder below which Bayplan writes.",
            rationale: "A manifest may come from a stranger; it can never widen its own reach.",
            configuring: "`--root` or the variable `BAYPLAN_ROOT` widens the root, as for checkouts side by side."),
        Explanation(
            .missingArtifact, summary: "An artifact that is not on disk (`--check`).",
            rationale: "Whoever clones the repository lacks what it takes to run."),
        Explanation(
            .artifactShadowed,
            summary: """
                A `compose.yaml`, an override file or a `.env` with `COMPOSE_FILE` beside an emitted Compose file that \
                `docker compose` reads instead of it, or merges over it (`compile`, `import`).
                """,
            rationale: "What runs is then not what the manifest says, and nothing tells."),
    ]
}
