import ComposeSpec
import Diagnostics
import Inspection

/// BP502: a pulled image whose version is whatever is newest.
enum FloatingTag: Rule {
    static let code = Code.floatingTag
    static let summary = "Pulled images without tag and digest, or with the tag `latest`."
    static let rationale =
        "What runs depends on the day it was first pulled; two machines run different things under one name."

    static func check(_ context: inout RuleContext) {
        for pulled in context.pulledReferences() {
            let reference = pulled.settled
            guard reference.digest == nil, reference.tag == nil || reference.tag == "latest",
                !context.countsOnly(code)
            else { continue }
            let text = pulled.written.text
            context.report(
                code, reference.tag == nil ? "`\(text)` has no tag" : "`\(text)` names no version", at: pulled.span,
                pulled.written.hasVariables
                    ? "while no variable is set it is `\(reference.text)`"
                    : reference.tag == nil
                        ? "so it means `latest`" : "`latest` is whatever was newest when it was pulled",
                why: "two machines that pulled on different days run different things under one name",
                help: [
                    "name a version, such as `\(reference.repository):<version>`, or a digest"
                ])
        }
    }
}
