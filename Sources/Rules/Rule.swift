import Diagnostics
import Resolution
import SourceText
import StrategyManifest
import YAMLSyntax

/// One thing that a manifest is checked for.
///
/// The module holds the rules, one a file in the folder of its hundred-block, the registry that lists them, and
/// `CheckedManifest`, which only this module can make. A rule reads the resolution and reports; it changes nothing and
/// looks at no file.
package protocol Rule: Sendable {
    /// The code under which the rule reports; a rule that reports under several names the first.
    static var code: Code { get }
    /// What the rule finds, in one sentence.
    static var finds: String { get }
    /// Why that matters, in one or two sentences.
    static var matters: String { get }

    /// Whether the rule looks at what the others found, and so runs after them: a consequence is not reported.
    static var runsLast: Bool { get }

    static func check(_ context: inout RuleContext)
}

extension Rule {
    package static var runsLast: Bool { false }
}

/// What a rule sees, and where it reports.
package struct RuleContext {
    package internal(set) var resolution: Resolution
    package let options: CheckOptions
    package internal(set) var diagnostics = DiagnosticList()
    /// The symbols of the Compose keys that rules read.
    let compose: ComposeKeys
    /// Every place that holds a service fragment, collected once for all rules.
    let fragments: [ServiceFragment]
    /// What the structural check found under the codes of later rules, which report it.
    var foundEarlier: [Diagnostic] = []

    package var manifest: Manifest { resolution.manifest }
    package var tree: Tree { resolution.manifest.tree }

    /// Whether nothing of the manifest is misspelt, unreadable or unknown: only then does what is absent mean anything.
    var isWhole: Bool {
        let broken: Set<Code> = [
            .duplicateKey, .unknownKey, .wrongType, .missingKey, .undefinedAlias, .unknownPlaceholder, .unknownImage,
            .unknownProject, .unknownComposeKey, .wrongComposeType,
        ]
        return !diagnostics.items.contains { broken.contains($0.code) }
            && !diagnostics.uncollected.keys.contains { broken.contains($0) }
    }

    init(_ resolution: consuming Resolution, _ options: CheckOptions) {
        var resolution = resolution
        compose = ComposeKeys(&resolution.manifest.tree.symbols)
        fragments = ServiceFragment.all(in: resolution.manifest)
        self.resolution = resolution
        self.options = options
    }

    package mutating func report(
        _ code: Code, _ message: String, at span: Span, _ label: String, also: [Diagnostic.Label] = [],
        why: String? = nil, help: [String] = [], fix: Fix? = nil, severity: Severity? = nil
    ) {
        // A rule's own sentence serves here, too; a diagnostic's lines have no full stop.
        let reason = why.map { $0.hasSuffix(".") ? String($0.dropLast()) : $0 }
        var diagnostic = Diagnostic(
            code, message, at: .init(manifest.location(span), label), also: also, why: reason, help: help, fix: fix)
        if let severity { diagnostic.severity = severity }
        diagnostics.report(diagnostic)
    }

    /// Reports what the structural check found under a code.
    mutating func reportFoundEarlier(_ code: Code) {
        diagnostics.report(contentsOf: foundEarlier.filter { $0.code == code })
    }

    /// A secondary label in the manifest.
    package func label(_ span: Span, _ text: String) -> Diagnostic.Label { .init(manifest.location(span), text) }
}

/// What the rules must be told beyond the manifest.
package struct CheckOptions: Sendable {
    /// The components of the path from the root to the manifest's folder: how far `..` may climb.
    package var folderInRoot: [String] = []

    /// Levels that the command line sets, by code or name; the last one for a rule counts.
    package var levels: [(rule: String, level: RuleLevel)] = []

    package init() {}
}
