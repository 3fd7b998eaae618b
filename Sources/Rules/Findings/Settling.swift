import Diagnostics
import SourceText
import StrategyManifest
import YAMLSyntax

/// What the rules found, after suppression comments and levels have had their say.
func settled(_ context: inout RuleContext) -> DiagnosticList {
    tellSettings(&context)
    let settings = context.settings
    var kept: [Diagnostic] = []
    var suppressions = Suppressions(in: context.tree)
    for diagnostic in context.diagnostics.items where !suppressions.silence(diagnostic) { kept.append(diagnostic) }
    for (code, span) in context.untold { _ = suppressions.silence(code, at: span) }
    let useless = suppressions.findings(in: context.tree) { settings.level(of: $0) == .off && $0.isOff }
    kept += useless.items
    for (code, count) in useless.uncollected { context.diagnostics.count(count, code) }
    kept = kept.compactMap { diagnostic in
        guard diagnostic.canBeSilenced, let level = settings.level(of: diagnostic.code) else { return diagnostic }
        guard case .severity(let severity) = level else { return nil }
        var changed = diagnostic
        changed.severity = severity
        return changed
    }
    let source = context.hidden.isEmpty ? context.tree.source : context.tree.source.hiding(context.hidden)
    if !context.hidden.isEmpty { kept = kept.map { $0.quoting(source) } }
    var list = context.diagnostics.replacing(kept)
    list.closeCount(in: source) { settings.severity(of: $0) }
    return list
}

extension SourceFile {
    /// The file with asterisks in some places, and every line and column where it was.
    fileprivate func hiding(_ spans: [Span]) -> SourceFile {
        var bytes = bytes
        // Each byte once, however many places hold it.
        var done = 0
        for span in spans.sorted(by: { $0.start < $1.start }) {
            let end = min(Int(span.end), bytes.count)
            for index in max(done, min(Int(span.start), end))..<max(done, end) where bytes[index] > 0x20 {
                bytes[index] = UInt8(ascii: "*")
            }
            done = max(done, end)
        }
        return SourceFile(path: path, bytes: bytes)
    }
}

/// Reports what the entries of `rules` cannot set.
private func tellSettings(_ context: inout RuleContext) {
    let words = context.settings.unknown.isEmpty ? [] : Code.words + RuleGroup.all.map(\.name)
    for index in context.settings.unknown {
        if context.countsOnly(.unknownKey) { continue }
        let rule = context.manifest.levels[index].rule
        let near = context.closestMatch(to: rule.value, among: words)
        context.report(
            .unknownKey, "there is no rule `\(rule.value)`", at: rule.span, "this sets nothing",
            help: [near.map { "did you mean `\($0)`?" } ?? "`bayplan explain --list` lists the rules"],
            fix: context.renaming(rule.value, to: near, at: rule.span))
    }
    for index in context.settings.known {
        let stated = context.manifest.levels[index]
        let name = stated.rule.value
        let codes = Code.matching(name)
        // Another word is told by BP004.
        if let level = stated.level, let value = level.value,
            let code = codes.first(where: { !value.isAllowed(for: $0) })
        {
            context.report(
                .ruleNotLowerable, "`\(code.name)` can only be an error", at: level.span,
                "what \(code.label) finds would make the output wrong", help: ["remove this line"],
                fix: stated.options.isEmpty ? removal(ofLevelAt: index, context.tree) : nil)
        }
        for option in stated.options { tell(option, of: codes.count == 1 ? codes[0] : nil, name, &context) }
    }
}

/// Reports an option that the rule does not have; a group has none.
private func tell(_ option: StatedLevel.Option, of code: Code?, _ rule: String, _ context: inout RuleContext) {
    let having = Registry.rules.filter { $0.options.contains(option.key.value) }.map { $0.code }
    if let code, having.contains(code) { return }
    if context.countsOnly(.unknownKey) { return }
    context.report(
        .unknownKey, "the rule `\(rule)` has no option `\(option.key.value)`", at: option.key.span, "this sets nothing",
        help: ["remove it", "`\(option.key.value)` is an option of \(fewOf(having.map { "`\($0.name)`" }))"])
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
