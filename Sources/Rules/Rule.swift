import Diagnostics
import Inspection
import Resolution
import SourceText
import StrategyManifest
import YAMLSyntax

/// One thing that a manifest is checked for.
///
/// The module holds the rules, one a file in the folder of its category, the registry that lists them, and
/// `CheckedManifest`, which only this module can make. A rule reads the resolution and reports; it changes nothing and
/// looks at no file.
package protocol Rule: Sendable {
    /// The code under which the rule reports; a rule that reports under several names the first.
    static var code: Code { get }
    /// What the rule finds, in one sentence.
    static var summary: String { get }
    /// Why that matters, in one or two sentences.
    static var rationale: String { get }
    /// How the manifest changes what the rule finds, beside its level; nil where nothing does.
    static var configuring: String? { get }
    /// The options that `rules` may state for it: `tags`.
    static var options: [String] { get }
    /// What `validate --fix` does about it; nil where no fix is safe.
    static var fixDescription: String? { get }

    /// Whether the rule looks at what the others found, and so runs after them: a consequence is not reported.
    static var runsLast: Bool { get }

    static func check(_ context: inout RuleContext)
}

extension Rule {
    package static var configuring: String? { nil }
    package static var options: [String] { [] }
    package static var fixDescription: String? { nil }
    package static var runsLast: Bool { false }
}

/// What a rule sees, and where it reports.
package struct RuleContext {
    package internal(set) var resolution: Resolution
    package let options: CheckOptions
    /// What the manifest and the command line make of the rules.
    let settings: RuleSettings
    package internal(set) var diagnostics = DiagnosticList()
    /// What is looked for once for all rules.
    let inspection: ManifestInspection
    /// The comparisons of bytes left for `meant`: about a tenth of a second.
    private var stepsForSuggestions = 30_000_000
    /// What the structural check found, once a rule has asked.
    private(set) var checkedStructure: ComposeStructureFindings?
    /// What the pulled images are called, once a rule has asked.
    private var pulled: [PulledReference]?
    /// What is not told because a graver finding speaks of the same: a comment may silence it all the same.
    var untold: [(code: Code, span: Span)] = []
    /// Where secrets stand: no format that quotes the manifest shows these bytes.
    var hidden: [Span] = []

    // Lent, not copied: a copy of a tree counts references to each of its arrays.
    package var manifest: Manifest { _read { yield resolution.manifest } }
    package var tree: Tree { _read { yield resolution.manifest.tree } }

    var compose: ComposeKeys { _read { yield inspection.compose } }
    var fragments: [ServiceFragment] { inspection.fragments }
    var dependencies: [[[[ServiceDependency]]]] { inspection.dependencies }
    var builds: [CheckedBuild] { inspection.builds }
    var ownBuilds: [CheckedBuild] { inspection.ownBuilds }
    var buildPlaces: [BuildPlace?]? { inspection.buildPlaces }
    var nearFolders: [Int: [String]] { inspection.nearFolders }
    /// Whether somebody looked into the project folders.
    var hasLooked: Bool { inspection.hasLooked }

    /// What the structural check finds in all that is written in Compose's syntax; several rules ask, and it is checked once.
    mutating func structure() -> ComposeStructureFindings {
        if let checkedStructure { return checkedStructure }
        let found = ComposeStructureFindings(in: resolution, fragments)
        checkedStructure = found
        return found
    }

    /// What the pulled images are called; several rules ask, and the references are parsed once.
    mutating func pulledReferences() -> [PulledReference] {
        if let pulled { return pulled }
        let found = PulledReference.all(in: resolution)
        pulled = found
        return found
    }

    /// Checks the builds of development one after the other, then those of environments that differ, of which only what
    /// was not found of development is reported.
    mutating func eachBuild(_ check: (CheckedBuild, inout RuleContext) -> Void) {
        let start = diagnostics.items.count
        for build in builds { check(build, &self) }
        if ownBuilds.isEmpty { return }
        func identity(_ item: Diagnostic) -> String { "\(item.primary.location.span.start) \(item.message)" }
        var told = Set(diagnostics.items.dropFirst(start).map(identity))
        for build in ownBuilds {
            let before = diagnostics
            diagnostics = DiagnosticList()
            check(build, &self)
            let found = diagnostics
            diagnostics = before
            diagnostics.report(contentsOf: found.replacing(found.items.filter { told.insert(identity($0)).inserted }))
        }
    }

    /// Whether a rule is asked at all: one that is off by itself only where somebody set a level, one of the practice only
    /// where that is judged.
    func asks(_ rule: any Rule.Type) -> Bool {
        if !options.judgesPractice, rule.code.isPractice { return false }
        return !rule.code.isOff || settings.level(of: rule.code) != .off
    }

    /// Whether nothing of the manifest is misspelt, unreadable or unknown: only then does what is absent mean anything.
    var isWhole: Bool {
        let broken: [Code] = [
            .duplicateKey, .unknownKey, .wrongType, .missingKey, .undefinedAlias, .unknownPlaceholder, .unknownImage,
            .unknownProject, .unknownComposeKey, .wrongComposeType, .buildInService,
        ]
        return !diagnostics.holds(anyOf: broken)
    }

    init(_ resolution: consuming Resolution, _ options: CheckOptions) {
        var resolution = resolution
        inspection = ManifestInspection(&resolution, looking: options.looking)
        settings = RuleSettings(resolution.manifest.levels, commandLine: options.levels)
        self.resolution = resolution
        self.options = options
    }

    package mutating func report(
        _ code: Code, _ message: String, at span: Span, _ label: String, also: [Diagnostic.Label] = [],
        why: String? = nil, help: [String] = [], fix: Fix? = nil, severity: Severity? = nil,
        refusedByCompose isRefused: Bool = false
    ) {
        let reason = why.map(Self.clause)
        var diagnostic = Diagnostic(
            code, message, at: .init(manifest.location(span), label), also: also, why: reason, help: help, fix: fix)
        if let severity { diagnostic.severity = severity }
        if isRefused { diagnostic.canBeSilenced = false }
        diagnostics.report(diagnostic)
    }

    /// A rule's own sentence as a line of a diagnostic: without a capital, unless a name or `YAML` begins it, and full stop.
    private static func clause(_ sentence: String) -> String {
        guard sentence.hasSuffix(".") else { return sentence }
        let isName =
            sentence.hasPrefix("Compose") || sentence.hasPrefix("Docker") || sentence.hasPrefix("`")
            || sentence.utf8.dropFirst().first.map { (0x41...0x5A).contains($0) } ?? false
        return (isName ? String(sentence.prefix(1)) : sentence.prefix(1).lowercased()) + sentence.dropFirst().dropLast()
    }

    /// Reports what a check that several rules share has found.
    mutating func report(_ found: [Diagnostic]) { diagnostics.report(contentsOf: found) }

    /// Counts a finding without putting it into words, if there is no room for it.
    mutating func countsOnly(_ code: Code) -> Bool { diagnostics.countsOnly(code) }

    /// What was probably meant by an unknown name; nil, too, once looking has taken all the steps there are for it, which
    /// a manifest of many thousand misspelt names could otherwise draw out without end.
    mutating func closestMatch(to name: String, among names: some Sequence<String>) -> String? {
        Diagnostics.closestMatch(to: name, among: names, within: &stepsForSuggestions)
    }

    /// A suggestion that writes a near name for an unknown one; nil without a near one.
    func renaming(_ name: String, to near: String?, at spans: Span...) -> Fix? {
        .renaming(name, to: near, at: spans, in: tree.source)
    }

    /// A path from the root as the manifest's author sees it.
    func shown(_ path: [String]) -> String {
        WorkspacePath(path).relative(from: WorkspacePath(options.folderInRoot))
    }

    /// The images of development, and those of each environment that changes any.
    package var imagesEverywhere: [Image] {
        var images = manifest.images
        for variant in resolution.variants { if let changed = variant.images { images += changed } }
        return images
    }

    /// A secondary label in the manifest.
    package func label(_ span: Span, _ text: String) -> Diagnostic.Label { .init(manifest.location(span), text) }
}

/// What the rules must be told beyond the manifest.
package struct CheckOptions: Sendable {
    /// The components of the path from the root to the manifest's folder: how far `..` may climb.
    package var folderInRoot: [String] = []
    /// The manifest's file name.
    package var manifestName = "strategy.yaml"

    /// Looks into the project folders for what the builds ask; nil when nobody is to look. It may be called on another
    /// thread, but is done when `check` returns.
    package var looking: (@Sendable (Resolution) -> BuildSources)?

    /// Whether the rules of the practice are asked: what they find never makes the output wrong.
    package var judgesPractice = true

    /// Levels that the command line sets, by code or name; the last one for a rule counts.
    package var levels: [(rule: String, level: RuleLevel)] = []

    package init() {}
}
