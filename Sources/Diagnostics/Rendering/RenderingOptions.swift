/// What a rendering needs to know besides the diagnostics; nothing is read from the environment.
package struct RenderingOptions: Sendable {
    /// The columns of the terminal; nil where there is none. Without one, prose is not wrapped and source lines are
    /// shown in windows of 140 columns. Widths are held between 24 and 400.
    package var width: Int?
    /// Whether `text` and `concise` carry colours; no other format ever does.
    package var useColor: Bool
    /// Whether warnings fail the run (`--strict`), which only `junit` shows.
    package var strict: Bool
    /// Why the run could not be carried out; nil where it was. A report then says so, and is whole.
    package var failure: String?
    /// Who reports, in SARIF and in summary lines.
    package var tool: Tool
    /// What SARIF says of the rules that found something; one that is missing here is called by its name.
    package var rules: [RuleDescription]

    package init(
        width: Int? = nil, useColor: Bool = false, strict: Bool = false, tool: Tool = Tool(),
        rules: [RuleDescription] = []
    ) {
        self.width = width
        self.useColor = useColor
        self.strict = strict
        self.tool = tool
        self.rules = rules
    }

    /// The program that reports.
    package struct Tool: Sendable {
        package var name: String
        /// A semantic version; nil leaves it out.
        package var version: String?
        /// An absolute URI; nil leaves it out.
        package var informationURI: String?

        package init(name: String = "bayplan", version: String? = nil, informationURI: String? = nil) {
            self.name = name
            self.version = version
            self.informationURI = informationURI
        }
    }

    /// The columns for source lines with their gutter.
    var sourceWidth: Int { min(max(width ?? 140, 24), 400) }
    /// The columns for prose.
    var proseWidth: Int { width.map { min(max($0, 24), 400) } ?? Int.max / 2 }
}

/// What a report says of a rule as such.
package struct RuleDescription: Sendable {
    package let code: Code
    /// One sentence: what the rule finds.
    package let summary: String
    /// Why it matters and what to do; empty where there is nothing more to say.
    package let help: String

    package init(_ code: Code, summary: String, help: String = "") {
        self.code = code
        self.summary = summary
        self.help = help
    }
}
