import ComposeSpec
import Diagnostics
import SourceText

/// BP104: a tag that Docker does not accept.
enum InvalidTag: Rule {
    static let code = Code.invalidTag
    static let summary = "Tags outside the grammar `[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}`."
    static let rationale = "Docker refuses to build, tag or push under such a tag."

    static func check(_ context: inout RuleContext) {
        check(context.manifest.naming.tag, &context)
        for image in context.manifest.images {
            if let tag = image.tag { check(tag, &context) }
        }
        for environment in context.manifest.environments {
            if let tag = environment.tag { check(tag, &context) }
            for image in environment.images {
                if let tag = image.tag { check(tag, &context) }
            }
        }
    }

    private static func check(_ tag: Spanned<String>, _ context: inout RuleContext) {
        guard let fault = ImageReference.tagFault(of: tag.value) else { return }
        if ImageReference.hasVariable(tag.value) {
            context.report(
                .invalidTag, "`\(tag.value)` cannot become a tag", at: tag.span, fault.reason,
                help: ["give it a default that is a tag, such as `${TAG:-latest}`"])
            return
        }
        let repaired = String(tag.value.map { $0 == "+" ? "_" : $0 })
        context.report(
            .invalidTag, "`\(tag.value)` cannot be a tag", at: tag.span, fault.reason,
            help: repaired != tag.value && ImageReference.tagFault(Array(repaired.utf8)[...]) == nil
                ? ["write `\(repaired)`"] : ["use letters, digits, `.`, `_` and `-`, at most 128 of them"])
    }
}
