import Diagnostics
import Inspection

/// BP514: a pulled image that somebody else may replace under its tag.
enum UnpinnedDigest: Rule {
    static let code = Code.unpinnedDigest
    static let summary = "Pulled images without a digest."
    static let rationale = "A tag can be given to another image at any time; a digest names one image for ever."

    static func check(_ context: inout RuleContext) {
        for pulled in context.pulledReferences() where pulled.settled.digest == nil {
            if context.countsOnly(code) { continue }
            var example = pulled.settled
            if example.tag == nil { example.tag = "<version>" }
            context.report(
                code, "`\(pulled.written.text)` has no digest", at: pulled.span,
                "its registry decides each time what this is", why: "a tag can be given to another image at any time",
                help: [
                    "write `\(example.text)@sha256:<digest>`",
                    "`docker buildx imagetools inspect \(pulled.settled.text)` prints the digest; the script `pin.sh` asks for all",
                ])
        }
    }
}
