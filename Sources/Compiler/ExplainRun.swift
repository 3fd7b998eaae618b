import Diagnostics
import Emission
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
            console.result(format == .markdown ? RuleList.markdown : RuleList.text(width: console.width ?? 100))
            return .clean
        }
        guard let code = Code.named(rule) ?? Code.named(rule.uppercased()) ?? Code.named(rule.lowercased()),
            let explanation = Explanation.all.first(where: { $0.code == code })
        else {
            let near = nearest(to: rule, among: Code.all.flatMap { [$0.name, $0.label] })
            throw SystemFailure(
                "there is no rule `\(visible(rule))`; "
                    + (near.map { "did you mean `\($0)`?" } ?? "`bayplan explain --list` lists them"))
        }
        let page = RulePage(explanation)
        console.result(format == .markdown ? page.markdown : page.text(console))
        return .clean
    }
}

extension RulePage {
    /// What validating an example finds, as a terminal shows it.
    static func rendering(of example: [UInt8], console: Console) -> String {
        let source = SourceFile(path: "strategy.yaml", bytes: example)
        let found = plan(source, PipelineOptions(layout: Layout(folder: [], manifestName: "strategy.yaml"))).diagnostics
        let options = RenderingOptions(width: min(console.width ?? 80, 100), useColor: console.colorsOutput)
        return String(decoding: render(found.sorted(), as: .text, options: options), as: UTF8.self)
    }
}
