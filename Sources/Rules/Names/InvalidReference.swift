import ComposeSpec
import Diagnostics
import SourceText

/// BP113: a reference, registry or digest that Docker does not accept.
enum InvalidReference: Rule {
    static let code = Code.invalidReference
    static let finds = "`pull` references, registries and digests outside the grammar of image references."
    static let matters = "Docker refuses to pull or push under such a reference."

    static func check(_ context: inout RuleContext) {
        for image in context.manifest.images {
            guard let pull = image.pull, !pull.value.utf8.contains(UInt8(ascii: "$")) else { continue }
            if case .failure(let fault) = ImageReference.parse(pull.value) {
                if let scheme = ["https://", "http://"].first(where: { pull.value.hasPrefix($0) }) {
                    reportScheme(scheme, in: pull, &context)
                    continue
                }
                context.report(
                    .invalidReference, "`\(pull.value)` is no image reference", at: pull.span, fault.reason,
                    help: ["write `[registry/]name:tag`, such as `redis:7-alpine`"])
            }
        }
        for environment in context.manifest.environments {
            check(registry: environment.registry, &context)
            for image in environment.images {
                check(registry: image.registry, &context)
                guard let digest = image.digest,
                    let fault = ImageReference.digestFault(Array(digest.value.utf8)[...])
                else { continue }
                context.report(
                    .invalidReference, "`\(digest.value)` is no digest", at: digest.span, fault.reason,
                    help: ["copy the digest that the release printed"])
            }
        }
    }

    private static func reportScheme(_ scheme: String, in pull: Spanned<String>, _ context: inout RuleContext) {
        let rest = String(pull.value.dropFirst(scheme.count))
        context.report(
            .invalidReference, "an image reference has no scheme", at: pull.span, "this is a URL",
            why: "Docker knows from the registry's name how to reach it", help: ["write `\(rest)`"],
            fix: context.renaming(pull.value, to: rest, at: pull.span))
    }

    private static func check(registry: Spanned<String>?, _ context: inout RuleContext) {
        guard let registry, !registry.value.utf8.contains(UInt8(ascii: "$")),
            let fault = ImageReference.registryFault(registry.value)
        else { return }
        context.report(
            .invalidReference, "`\(registry.value)` is no registry", at: registry.span, fault.reason,
            help: ["write the registry's host and, if you like, a path, without a scheme: `ghcr.io/team`"])
    }
}
