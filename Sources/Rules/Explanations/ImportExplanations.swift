import Diagnostics

/// The codes that `bayplan import` reports of Compose files.
extension Explanation {
    static let ofImports = [
        Explanation(
            .notCarried, finds: "Something in a Compose file that a manifest cannot say.",
            matters: "The project would be another one without it; it is yours to decide what becomes of it."),
        Explanation(
            .variableResolved, finds: "A variable where a manifest must be literal, replaced by its default.",
            matters: "Names, tags and paths of a manifest do not depend on who reads it."),
        Explanation(
            .fileNotFollowed, finds: "A file that `extends` or `include` names and that cannot be read.",
            matters: "What it holds would be missing from the manifest."),
        Explanation(
            .changedByImport, finds: "Something that compiling the imported manifest writes otherwise.",
            matters: "The project that comes back is not quite the one that went in."),
        Explanation(
            .projectsCollide, finds: "Two Compose projects of one name among the files to import.",
            matters: "A manifest has one project of a name, as Docker has."),
    ]
}
