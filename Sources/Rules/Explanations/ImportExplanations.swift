import Diagnostics

/// The codes that `bayplan import` reports of Compose files.
extension Explanation {
    static let ofImports = [
        Explanation(
            .notCarried, summary: "Something in a Compose file that a manifest cannot say.",
            rationale: "The project would be another one without it; it is yours to decide what becomes of it."),
        Explanation(
            .variableResolved, summary: "A variable where a manifest must be literal, replaced by its default.",
            rationale: "Names, tags and paths of a manifest do not depend on who reads it."),
        Explanation(
            .fileNotFollowed, summary: "A file that `extends` or `include` names and that cannot be read.",
            rationale: "What it holds would be missing from the manifest."),
        Explanation(
            .changedByImport, summary: "Something that compiling the imported manifest writes otherwise.",
            rationale: "The project that comes back is not quite the one that went in."),
        Explanation(
            .projectsCollide, summary: "Two Compose projects of one name among the files to import.",
            rationale: "A manifest has one project of a name, as Docker has."),
    ]
}
