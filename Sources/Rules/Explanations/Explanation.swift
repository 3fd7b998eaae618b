import Diagnostics

/// What there is to say of one code at length: the text of `bayplan explain` and of the code's documentation page.
package struct Explanation: Sendable {
    package let code: Code
    /// What is found, in one sentence.
    package let summary: String
    /// Why that matters, in one or two sentences.
    package let rationale: String
    /// How the manifest changes what is found, beside levels and suppression; nil where nothing does.
    package let configuring: String?
    /// What `validate --fix` does about it; nil where no fix is safe.
    package let fixDescription: String?

    init(_ code: Code, summary: String, rationale: String, configuring: String? = nil, fixDescription: String? = nil) {
        self.code = code
        self.summary = summary
        self.rationale = rationale
        self.configuring = configuring
        self.fixDescription = fixDescription
    }

    /// Every code's, in the order of the codes.
    ///
    /// A code that several rules report is told by all of them; one that no rule reports, but reading or writing, by the
    /// tables of this folder.
    package static let all: [Explanation] = {
        var told: [UInt16: Explanation] = [:]
        for rule in Registry.rules {
            let others = told[rule.code.number]
            told[rule.code.number] = Explanation(
                rule.code, summary: others.map { $0.summary + " " + rule.summary } ?? rule.summary,
                rationale: others?.rationale ?? rule.rationale,
                configuring: others.map(\.configuring) ?? rule.configuring,
                fixDescription: others?.fixDescription ?? rule.fixDescription)
        }
        for explanation in [ofFiles, ofArtifacts, ofImports].joined() where told[explanation.code.number] == nil {
            told[explanation.code.number] = explanation
        }
        return Code.all.map { told[$0.number] ?? Explanation($0, summary: "", rationale: "") }
    }()

    /// Why it matters and how it is configured, for those who read no page.
    package var help: String { configuring.map { rationale + " " + $0 } ?? rationale }

    /// How the code's findings can be silenced or given another weight, in Markdown.
    package var levels: String {
        guard code.canBeSilenced else {
            return "An error that would make the output wrong: it can be neither silenced nor lowered."
        }
        let own = code.isOff ? "off" : code.severity.word
        let allowed = ["off", "info", "warning", "error"].filter { $0 != own }
        let words = allowed.dropLast().map { "`\($0)`" }.joined(separator: ", ") + " or `\(allowed.last ?? "")`"
        let silencing = """
            Where one finding is right as it is, say why on its line or on the line above: \
            `# bayplan: allow(\(code.name)) <reason>`.
            """
        guard code.isOff else {
            return """
                \(silencing) For the whole manifest, `rules: {\(code.name): off}` sets the level to \(words); for one run, \
                `--rule \(code.name)=off` does.
                """
        }
        let group =
            code.groups.first.map { " `rules: {\($0.name): warning}` sets it for all rules of the group." } ?? ""
        return """
            Off unless it is asked for: `rules: {\(code.name): warning}` sets the level, to \(words); for one run, \
            `--rule \(code.name)=warning` does.\(group) \(silencing)
            """
    }
}
