import Diagnostics

/// The codes that reading and decoding report, which no rule does.
extension Explanation {
    static let ofFiles = [
        Explanation(
            .yamlSyntax, summary: "A file that is no YAML, at the place where it stops to be.",
            rationale: "Nothing behind that place can be read, so nothing else is reported of it."),
        Explanation(
            .duplicateKey, summary: "A key that stands twice in one mapping.",
            rationale: "YAML forbids it, and readers differ in which of the two they take."),
        Explanation(
            .wrongType, summary: "A value of another type than the manifest's language wants there.",
            rationale: "Guessing what was meant would turn a slip into another workspace.",
            fixDescription: "Quotes a number that must be text, writes a lone item as a list, removes a repeated item."),
        Explanation(
            .missingKey, summary: "A mapping that lacks a key it must have.",
            rationale: "Without it nothing can be emitted: an image that nobody builds, a project without services.",
            fixDescription: "Adds `version: 1`."),
        Explanation(
            .unsupportedVersion,
            summary:
                "A `version` of the language that this Bayplan does not read, and a manifest that requires a newer Bayplan.",
            rationale: "The same words may mean something else in another version."),
        Explanation(
            .limitExceeded,
            summary:
                "A file that is too large or too deep, that declares too much, or whose aliases or layers make too much.",
            rationale: "A small file of nested aliases, or of long defaults under many services, can fill the memory "
                + "of whoever reads it.",
            configuring: """
                `--limit-bytes`, `--limit-depth`, `--limit-expanded-nodes`, `--limit-scalar-bytes`, \
                `--limit-declarations` and `--limit-merged-bytes` raise the limits.
                """),
        Explanation(
            .notUTF8, summary: "Bytes that are no UTF-8.",
            rationale: "Every reader would guess another encoding, and see another text."),
        Explanation(
            .undefinedAlias, summary: "An alias `*name` without its anchor `&name` before it.",
            rationale: "The value it stands for is missing."),
        Explanation(
            .severalDocuments, summary: "A second YAML document behind a `---`.",
            rationale: "A manifest is one document; whatever a second one says would be ignored."),
        Explanation(
            .uselessSuppression,
            summary: "A comment `# bayplan: allow(…)` that silences nothing, names no rule, or gives no reason.",
            rationale: "It says that something is wrong here, and nothing is; the next reader believes it.",
            fixDescription: "Removes the comment."),
        Explanation(
            .fileNotFound, summary: "A manifest that is not there.",
            rationale: "Without a manifest there is nothing to check."),
        Explanation(
            .ruleNotLowerable, summary: "An entry of `rules` that lowers a rule whose findings make the output wrong.",
            rationale: "What would be emitted then would not work.", fixDescription: "Removes the entry."),
        Explanation(
            .unknownPlaceholder,
            summary: "A placeholder in a template that is none of `{project}`, `{service}`, "
                + "`{image}` and `{owner}`.",
            rationale: "It would stand in every name that the template makes."),
        Explanation(
            .wrongComposeType, summary: "A value of another type than Compose takes there.",
            rationale: "Compose refuses the whole file, and names no line.",
            fixDescription: "Quotes a number that must be text, and writes a lone item as a list."),
    ]
}
