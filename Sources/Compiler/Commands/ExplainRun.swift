import Diagnostics
import Emission
import Inspection
import Resolution
import Rules
import SourceText

/// `bayplan explain`: a rule at length, or all of them in a line each.
package struct ExplainRun {
    package enum Format: String, CaseIterable, Sendable { case text, markdown }

    /// The code or name asked for; nil for the list.
    package var rule: String?
    package var format = Format.text

    package init(rule: String?) { self.rule = rule }

    package func run(_ console: Console) throws(SystemFailure) -> ExitStatus {
        guard let rule else {
            let list = format == .markdown ? RuleList.markdown : RuleList.text(width: console.width ?? 100)
            console.result(VisibleText(ofVisibleParts: list))
            return .clean
        }
        if let group = RuleGroup.named(rule.lowercased()) {
            console.result(VisibleText(ofVisibleParts: GroupPage.text(group)))
            return .clean
        }
        guard
            let code = Code.named(rule) ?? Code.named("BP" + rule) ?? Code.named(rule.uppercased())
                ?? Code.named(rule.lowercased()),
            let explanation = Explanation.all.first(where: { $0.code == code })
        else {
            let near = closestMatch(to: rule, among: Code.words + RuleGroup.all.map(\.name))
            throw SystemFailure(
                "there is no rule `\(visible(rule))`; "
                    + (near.map { "did you mean `\($0)`?" } ?? "`bayplan explain --list` lists them"))
        }
        let page = RulePage(explanation)
        console.result(VisibleText(ofVisibleParts: format == .markdown ? page.markdown : page.text(console)))
        return .clean
    }
}

extension RulePage {
    /// What validating an example finds, as a terminal shows it.
    static func rendering(of example: Examples.Example, console: Console) -> String {
        let source = SourceFile(path: "strategy.yaml", bytes: example.manifest)
        let options = PipelineOptions(layout: Layout(folder: [], manifestName: "strategy.yaml"))
        let found = check(
            source, options, looking: { BuildSources($1, found: example.files.isEmpty ? [] : example.found($1)) }
        )
        .diagnostics
        let shape = RenderingOptions(width: min(console.width ?? 80, 100), useColor: console.colorsOutput)
        return String(decoding: render(found.sorted(), as: .text, options: shape), as: UTF8.self)
    }
}

extension Examples.Example {
    /// What the builds of the example find in its folders.
    fileprivate func found(_ questions: BuildQuestions) -> [BuildSources.Found] {
        func holds(_ folder: [String]) -> Bool {
            let prefix = folder.map { $0 + "/" }.joined()
            return files.contains { $0.path.hasPrefix(prefix) }
        }
        return questions.probes.map { probe in
            let path = probe.dockerfile?.joined(separator: "/")
            if let path, let file = files.first(where: { $0.path == path }) {
                return .dockerfile(SourceFile(path: path, bytes: file.bytes))
            } else if !holds(probe.project) {
                return .noProject
            } else if !holds(probe.context) {
                return .noContext
            } else {
                return path == nil ? .context : .noDockerfile
            }
        }
    }
}
