import ComposeSpec
import Diagnostics
import SourceText

/// What a manifest asks of the programs that read it and its artifacts: the oldest versions that will do.
package struct Requires: Sendable {
    package var compose: Spanned<Version>?
    package var bayplan: Spanned<Version>?
}

extension Manifest {
    /// BP006 for a manifest that asks for a newer Bayplan than that of some version; nil for every other.
    ///
    /// Whatever else an older Bayplan would find may be right in the newer one.
    package func refusal(ofBayplan version: String) -> Diagnostic? {
        guard let oldest = requires.bayplan, let own = Version(version, ignoringSuffix: true), oldest.value > own
        else { return nil }
        return Diagnostic(
            .unsupportedVersion,
            "this manifest requires Bayplan \(oldest.value.text), and this is Bayplan \(version)",
            at: .init(location(oldest.span), "the oldest Bayplan that may compile it"),
            help: ["install Bayplan \(oldest.value.text) or a newer one"])
    }
}
