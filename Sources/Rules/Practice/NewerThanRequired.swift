import ComposeSpec
import Diagnostics
import SourceText
import StrategyManifest
import YAMLSyntax

/// BP525: what the oldest Docker Compose of the team does not know yet.
enum NewerThanRequired: Rule {
    static let code = Code.newerThanRequired
    static let summary =
        "Keys of Compose, and forms of their values, that are newer than the Docker Compose that `requires.compose` names."
    static let rationale = "An older Docker Compose refuses the whole file for one key that it does not know."

    /// What brought `name`, which every emitted Compose file has, and the contexts that are emitted for bases.
    private static let (names, contexts) = ("2.3.0", "2.17.0")

    static func check(_ context: inout RuleContext) {
        guard let required = context.manifest.requires.compose else { return }
        let (manifest, tree) = (context.manifest, context.tree)
        var versions = VersionCheck(required.value, in: tree)
        if let since = versions.later(names) {
            report("every file that is written has a `name`, which", since, at: required.span, required, &context)
            return
        }
        let build = ComposeTable.service.keys.first { $0.name == "build" }?.shape ?? .anything
        for variant in context.resolution.variants {
            for image in variant.images ?? manifest.images {
                if let node = image.build?.node { versions.check(node, is: build, in: tree) }
            }
            for project in variant.projects {
                for service in project.services {
                    versions.check(service.body, is: .object(ComposeTable.service), in: tree)
                }
                for section in project.sections {
                    guard let key = ComposeTable.file.keys.first(where: { $0.name == tree.text(section.key) }) else {
                        continue
                    }
                    versions.check(section, of: key, in: tree)
                }
            }
        }
        if let since = versions.later(contexts) {
            for needs in context.resolution.needs {
                guard let need = needs.first(where: { !$0.isContext }) else { continue }
                report("the build context that is written for a base", since, at: need.span, required, &context)
            }
        }
        for finding in versions.findings.sorted(by: { tree[$0.node].span.start < tree[$1.node].span.start }) {
            report(finding.subject, finding.since, at: tree[finding.node].span, required, &context)
        }
    }

    private static func report(
        _ subject: String, _ since: Version, at span: Span, _ required: Spanned<Version>, _ context: inout RuleContext
    ) {
        if context.countsOnly(code) { return }
        let isOwn = span == required.span
        context.report(
            code, "\(subject) needs Docker Compose \(since.text), and this manifest requires \(required.value.text)",
            at: span, isOwn ? "older than what is written" : "Docker Compose \(since.text) brought it",
            also: isOwn ? [] : [context.label(required.span, "the oldest one that the manifest is for")],
            why: rationale,
            help: ["raise `requires.compose` to `\"\(since.text)\"`" + (isOwn ? "" : ", or do without it")],
            fix: context.renaming(required.value.text, to: since.text, at: required.span))
    }
}
