import Diagnostics
import SourceText

/// A manifest with its safe fixes made, as often as a fix lets another one in.
package struct FixedManifest {
    /// The manifest after the last pass.
    package private(set) var source: SourceFile
    /// What was repaired, in the order of the passes.
    package private(set) var fixed: [Diagnostic] = []
    /// What the last look at the manifest found.
    package private(set) var remaining: [Diagnostic]

    /// Passes after which no fix is made any more: each pass repairs, so that only a fix which brings its own fault back
    /// could come near.
    private static let mostPasses = 50

    /// - Parameter findings: the diagnostics of a manifest's text, in order of place.
    package init(_ source: SourceFile, findings: (SourceFile) throws(SystemFailure) -> [Diagnostic])
        throws(SystemFailure)
    {
        self.source = source
        remaining = try findings(source)
        for _ in 0..<Self.mostPasses {
            let selection = FixSelection(remaining)
            if selection.edits.isEmpty { return }
            let next = SourceFile(path: source.path, bytes: selection.applied(to: self.source.bytes))
            let found = try findings(next)
            // A fix that would spoil the file is worse than none.
            if found.contains(where: { $0.code == .yamlSyntax }) { return }
            fixed += selection.fixed
            (self.source, remaining) = (next, found)
        }
    }

    /// `2 findings (BP004 wrong-type, BP212 build-in-service)`.
    package var summary: String {
        var codes: [Code] = []
        for diagnostic in fixed where !codes.contains(diagnostic.code) { codes.append(diagnostic.code) }
        let names = codes.sorted { $0.number < $1.number }.map { "\($0.label) \($0.name)" }.joined(separator: ", ")
        return "\(fixed.count) \(fixed.count == 1 ? "finding" : "findings") (\(names))"
    }
}
