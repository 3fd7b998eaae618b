import ComposeSpec
import Diagnostics
import Inspection
import YAMLSyntax

/// BP521: a number whose digits are not those that the container sees.
enum NumberArrivesAsAnother: Rule {
    static let code = Code.numberArrivesAsAnother
    static let summary = """
        Plain numbers, `true` and `false` in environments, labels, build arguments and other texts that Compose writes \
        another way: `0545` arrives as `357`, `3.10` as `3.1`, `1234e5` as `1.234e+08`.
        """
    static let rationale = "YAML reads a number, and Compose writes that number in its own way; the text is lost."

    static let fixDescription: String? = "Writes the number in quotes."

    /// Keys of a service whose values are texts, and numbers only by their look.
    private static let texts = ["environment", "labels", "annotations", "sysctls", "storage_opt"]

    static func check(_ context: inout RuleContext) {
        let tree = context.tree
        var seen: Set<NodeID> = []
        let texts = texts.compactMap { tree.symbols.find($0) }
        for fragment in context.fragments {
            for key in texts { check(tree.value(key, in: fragment.body), tree, &seen, &context) }
            let options = tree.value("logging", in: fragment.body).flatMap { tree.value("options", in: $0) }
            check(options, tree, &seen, &context)
            check(
                tree.value("deploy", in: fragment.body).flatMap { tree.value("labels", in: $0) }, tree, &seen, &context)
        }
        for build in context.manifest.writtenBuilds {
            for key in ["args", "labels"] { check(tree.value(key, in: build.value), tree, &seen, &context) }
        }
        for section in context.manifest.writtenSections {
            for (_, entry) in tree.entries(section.value) where tree[entry].kind == .mapping {
                for key in ["driver_opts", "labels"] { check(tree.value(key, in: entry), tree, &seen, &context) }
            }
        }
    }

    private static func check(
        _ mapping: NodeID?, _ tree: Tree, _ seen: inout Set<NodeID>, _ context: inout RuleContext
    ) {
        guard let mapping, tree[mapping].kind == .mapping else { return }
        for (key, value) in tree.entries(mapping) {
            guard tree[value].kind == .scalar, tree[value].style == .plain, tree[value].tag == .none,
                let arriving = tree.arrivingText(value), seen.insert(value).inserted, !context.countsOnly(code)
            else { continue }
            let written = tree.text(value)
            // An alias names a value that stands elsewhere.
            let isHere = context.manifest.tree.source.text(tree[value].span) == written
            context.report(
                code, "`\(tree.text(key))` is written `\(written)` and arrives as `\(arriving)`",
                at: tree[value].span, "to YAML this is a number or a truth value, and not a text", why: rationale,
                help: ["write it in quotes: `\"\(written)\"`, or `\(arriving)` if that is meant"],
                fix: isHere
                    ? Fix(
                        title: "write `\(written)` in quotes",
                        edits: [.init(tree[value].span, "\"\(written)\"")])
                    : nil)
        }
    }
}
