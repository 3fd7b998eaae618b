import ComposeSpec
import Diagnostics

/// BP502: a pulled image whose version is whatever is newest.
enum FloatingTag: Rule {
    static let code = Code.floatingTag
    static let finds = "`pull` references without tag and digest, or with the tag `latest`."
    static let matters =
        "What runs depends on the day it was first pulled; two machines run different things under one name."

    static func check(_ context: inout RuleContext) {
        for image in context.manifest.images {
            guard let pull = image.pull, case .success(let written) = ImageReference.parse(pull.value),
                let reference = written.settled, reference.digest == nil,
                reference.tag == nil || reference.tag == "latest"
            else { continue }
            context.report(
                code,
                reference.tag == nil ? "`\(pull.value)` has no tag" : "`\(pull.value)` names no version",
                at: pull.span,
                written.hasVariables
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
