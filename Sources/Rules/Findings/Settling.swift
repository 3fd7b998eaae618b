import Diagnostics
import StrategyManifest
import YAMLSyntax

/// What the rules found, after suppression comments and levels have had their say.
func settled(_ context: inout RuleContext) -> DiagnosticList {
    let levels = levels(&context)
    var kept: [Diagnostic] = []
    var suppressions = Suppressions(in: context.tree)
    for diagnostic in context.diagnostics.items where !suppressions.silence(diagnostic) { kept.append(diagnostic) }
    let useless = suppressions.findings(in: context.tree)
    kept += useless.items
    for (code, count) in useless.uncollected { context.diagnostics.count(count, code) }
    if !levels.isEmpty {
        kept = kept.compactMap { diagnostic in
            guard let level = levels[Int(diagnostic.code.number)] else { return diagnostic }
            guard case .severity(let severity) = level else { return nil }
            var changed = diagnostic
            changed.severity = severity
            return changed
        }
    }
    var list = context.diagnostics.replacing(kept)
    list.closeCount(in: context.tree.source) { code in
        guard let level = levels[Int(code.number)] else { return code.severity }
        guard case .severity(let severity) = level else { return nil }
        return severity
    }
    return list
}

/// By the number of a code, the levels of the manifest's `rules`, then those of the command line; what cannot be set is reported.
private func levels(_ context: inout RuleContext) -> [Int: RuleLevel] {
    var levels: [Int: RuleLevel] = [:]
    for (index, stated) in context.manifest.levels.enumerated() {
        let (name, level) = (stated.rule.value, stated.level)
        guard let code = Code.named(name) else {
            if context.countsOnly(.unknownKey) { continue }
            let near = context.meant(by: name, among: Code.words)
            context.report(
                .unknownKey, "there is no rule `\(name)`", at: stated.rule.span, "this sets nothing",
                help: [near.map { "did you mean `\($0)`?" } ?? "`bayplan explain --list` lists the rules"],
                fix: context.renaming(name, to: near, at: stated.rule.span))
            continue
        }
        // Another word is told by BP004.
        guard let value = level.value else { continue }
        guard value.isAllowed(for: code) else {
            context.report(
                .ruleNotLowerable, "`\(code.name)` can only be an error", at: level.span,
                "what \(code.label) finds would make the output wrong", help: ["remove this line"],
                fix: removal(ofLevelAt: index, context.tree))
            continue
        }
        levels[Int(code.number)] = value
    }
    for (rule, level) in context.options.levels {
        if let code = Code.named(rule), level.isAllowed(for: code) { levels[Int(code.number)] = level }
    }
    return levels
}

/// Takes one level away; the last one with `rules` itself.
private func removal(ofLevelAt index: Int, _ tree: Tree) -> Fix? {
    guard let place = tree.entries(tree.root).firstIndex(where: { tree.text($0.key) == "rules" }) else { return nil }
    let rules = tree.entries(tree.root)[place].value
    let edit =
        tree[rules].count > 1
        ? tree.removal(ofEntryAt: index, in: rules) : tree.removal(ofEntryAt: place, in: tree.root)
    return edit.map { Fix(title: "remove this line", edits: [$0]) }
}
