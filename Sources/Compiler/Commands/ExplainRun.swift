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
            source, options, looking: { example.files.isEmpty ? BuildSources($1) : example.sources($1) }
        )
        .diagnostics
        let shape = RenderingOptions(width: min(console.width ?? 80, 100), useColor: console.colorsOutput)
        return String(decoding: render(found.sorted(), as: .text, options: shape), as: UTF8.self)
    }
}

extension Examples.Example {
    /// What is found in the example's folders.
    fileprivate func sources(_ questions: BuildQuestions) -> BuildSources {
        var near: [Int: [String]] = [:]
        let taken = questions.takenFolders(isThere: holds)
        for (project, folder) in questions.folders.enumerated() {
            guard let folder, !holds(folder) else { continue }
            near[project] = self.near(folder) { holds($0) && !taken.holds($0) }
        }
        let found: [BuildSources.Found] = questions.probes.map { probe in
            let path = probe.dockerfile
            if let path, let file = files.first(where: { $0.path == path.joined(separator: "/") }) {
                return .dockerfile(SourceFile(path: file.path, bytes: file.bytes))
            } else if !holds(probe.project) {
                return .noProject
            } else if !holds(probe.context) {
                return .noContext(near: self.near(probe.context, holds))
            } else {
                guard let path else { return .context }
                let isFile = { (path: [String]) in files.contains { $0.path == path.joined(separator: "/") } }
                return .noDockerfile(near: self.near(path, isFile))
            }
        }
        return BuildSources(questions, found: found, nearFolders: near)
    }

    private func holds(_ folder: [String]) -> Bool {
        let prefix = folder.map { $0 + "/" }.joined()
        return files.contains { $0.path.hasPrefix(prefix) }
    }

    private func near(_ path: [String], _ isWanted: @escaping ([String]) -> Bool) -> [String]? {
        var steps = Int.max
        let paths = files.map { WorkspacePath($0.path.split(separator: "/").map(String.init)) }
        return NearPath(
            names: { folder in
                Set(paths.compactMap { $0.parts(below: WorkspacePath(folder))?.first }).sorted()
            }, isMissing: { path in !paths.contains { $0.starts(with: WorkspacePath(path)) } }, isWanted: isWanted
        ).closest(to: path, within: &steps)
    }
}
