import Diagnostics

/// The codes that reading and decoding report, which no rule does.
extension Explanation {
    static let ofFiles = [
        Explanation(
            .yamlSyntax, finds: "A file that is no YAML, at the place where it stops to be.",
            matters: "Nothing behind that place can be read, so nothing else is reported of it."),
        Explanation(
            .duplicateKey, finds: "A key that stands twice in one mapping.",
            matters: "YAML forbids it, and readers differ in which of the two they take."),
        Explanation(
            .wrongType, finds: "A value of another type than the manifest's language wants there.",
            matters: "Guessing what was meant would turn a slip into another workspace.",
            repairs: "Quotes a number that must be text, writes a lone item as a list, removes a repeated item."),
        Explanation(
            .missingKey, finds: "A mapping that lacks a key it must have.",
            matters: "Without it nothing can be emitted: an image that nobody builds, a project without services.",
            repairs: "Adds `version: 1`."),
        Explanation(
            .unsupportedVersion,
            finds:
                "A `version` of the language that this Bayplan does not read, and a manifest that requires a newer Bayplan.",
            matters: "The same words may mean something else in another version."),
        Explanation(
            .limitExceeded,
            finds:
                "A file that is too large or too deep, that declares too much, or whose aliases or layers make too much.",
            matters: "A small file of nested aliases, or of long defaults under many services, can fill the memory "
                + "of whoever reads it.",
            configuring: """
                `--limit-bytes`, `--limit-depth`, `--limit-expanded-nodes`, `--limit-scalar-bytes`, \
                `--limit-declarations` and `--limit-merged-bytes` raise the limits.
                """),
        Explanation(
            .notUTF8, finds: "Bytes that are no UTF-8.",
            matters: "Every reader would guess another encoding, and see another text."),
        Explanation(
            .undefinedAlias, finds: "An alias `*name` without its anchor `&name` before it.",
            matters: "The value it stands for is missing."),
        Explanation(
            .severalDocuments, finds: "A second YAML document behind a `---`.",
            matters: "A manifest is one document; whatever a second one says would be ignored."),
        Explanation(
            .uselessSuppression,
            finds: "A comment `# bayplan: allow(…)` that silences nothing, names no rule, or gives no reason.",
            matters: "It says that something is wrong here, and nothing is; the next reader believes it.",
            repairs: "Removes the comment."),
        Explanation(
            .fileNotFound, finds: "A manifest that is not there.",
            matters: "Without a manifest there is nothing to check."),
        Explanation(
            .ruleNotLowerable, finds: "An entry of `rules` that lowers a rule whose findings make the output wrong.",
            matters: "What would be emitted then would not work.", repairs: "Removes the entry."),
        Explanation(
            .unknownPlaceholder,
            finds: "A placeholder in a template that is none of `{project}`, `{service}`, "
                + "`{image}` and `{owner}`.",
            matters: "It would stand in every name that the template makes."),
        Explanation(
            .wrongComposeType, finds: "A value of another type than Compose takes there.",
            matters: "Compose refuses the whole file, and names no line.",
            repairs: "Quotes a number that must be text, and writes a lone item as a list."),
    ]
}
