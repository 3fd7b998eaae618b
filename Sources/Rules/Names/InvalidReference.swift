import ComposeSpec
import Diagnostics
import Resolution
import SourceText
import StrategyManifest

/// BP113: a reference, registry or digest that Docker does not accept.
enum InvalidReference: Rule {
    static let code = Code.invalidReference
    static let summary = "`pull` references, registries, caches and digests outside the grammar of image references."
    static let rationale = "Docker refuses to pull or push under such a reference."

    static func check(_ context: inout RuleContext) {
        for image in context.manifest.images {
            guard let pull = image.pull else { continue }
            if let fault = ImageReference.referenceFault(of: pull.value) {
                if let scheme = ["https://", "http://"].first(where: { pull.value.hasPrefix($0) }) {
                    reportScheme(scheme, in: pull, &context)
                    continue
                }
                if ImageReference.hasVariable(pull.value) {
                    reportVariables(pull, fault, &context)
                    continue
                }
                context.report(
                    .invalidReference, "`\(pull.value)` is no image reference", at: pull.span, fault.reason,
                    help: ["write `[registry/]name:tag`, such as `redis:7-alpine`"])
            }
        }
        for environment in context.manifest.environments {
            check(registry: environment.registry, &context)
            check(cache: environment.cache, &context)
            for image in environment.images {
                check(registry: image.registry, &context)
                guard let digest = image.digest,
                    let fault = ImageReference.digestFault(of: digest.value)
                else { continue }
                context.report(
                    .invalidReference, "`\(digest.value)` is no digest", at: digest.span, fault.reason,
                    help: ["copy the digest that the release printed"])
            }
        }
        checkWholes(&context)
    }

    /// References that are put together of sound parts, one with variables, and can be none as a whole.
    private static func checkWholes(_ context: inout RuleContext) {
        let manifest = context.manifest
        var told: Set<String> = []
        for variant in context.resolution.variants {
            let environment = variant.environment.map { manifest.environments[$0] }
            let overrides = environment?.imagesByName ?? [:]
            for (index, reference) in variant.references.enumerated() where reference.hasVariables {
                let image = manifest.images[index]
                let override = overrides[image.name.symbol]
                if image.pull != nil, override == nil { continue }
                guard let fault = ImageReference.referenceFault(of: reference.text),
                    isSound(image, override, environment, manifest.naming.tag), told.insert(reference.text).inserted
                else { continue }
                let place =
                    override?.tag ?? override?.registry ?? override?.digest ?? environment?.registry
                    ?? environment?.tag ?? image.repository ?? image.tag
                reportVariables(
                    Spanned(reference.text, at: place?.span ?? image.name.span), fault, &context)
            }
        }
    }

    private static func isSound(
        _ image: Image, _ override: Environment.ImageOverride?, _ environment: Environment?, _ tag: Spanned<String>
    ) -> Bool {
        if let pull = image.pull, ImageReference.referenceFault(of: pull.value) != nil { return false }
        return [image.tag, environment?.tag, override?.tag, tag].allSatisfy {
            $0.map { ImageReference.tagFault(of: $0.value) == nil } ?? true
        }
            && [environment?.registry, override?.registry].allSatisfy {
                $0.map { ImageReference.registryFault(of: $0.value) == nil } ?? true
            } && override?.digest.map { ImageReference.digestFault(of: $0.value) == nil } ?? true
            && image.repository.map { ImageReference.repositoryFault(of: $0.value) == nil } ?? true
    }

    private static func reportVariables(
        _ text: Spanned<String>, _ fault: ImageReference.Fault, _ context: inout RuleContext
    ) {
        context.report(
            .invalidReference, "`\(text.value)` cannot become an image reference", at: text.span, fault.reason,
            help: VariableText(text.value) == nil
                ? ["write `${NAME}`, `${NAME:-default}` or `${NAME:?what to set}`"]
                : [
                    "give its variables defaults that make one, such as `redis:${REDIS_VERSION:-7}`",
                    "if there is no default: `${NAME:?what to set}` stops Compose with that text",
                ])
    }

    private static func reportScheme(_ scheme: String, in pull: Spanned<String>, _ context: inout RuleContext) {
        let rest = String(pull.value.dropFirst(scheme.count))
        context.report(
            .invalidReference, "an image reference has no scheme", at: pull.span, "this is a URL",
            why: "Docker knows from the registry's name how to reach it", help: ["write `\(rest)`"],
            fix: context.renaming(pull.value, to: rest, at: pull.span))
    }

    private static func check(cache: Spanned<String>?, _ context: inout RuleContext) {
        guard let cache else { return }
        let reference = CacheRepository(cache.value).reference(of: "image")
        if let fault = ImageReference.referenceFault(of: cache.value) ?? ImageReference.referenceFault(of: reference) {
            let hasVariables = ImageReference.hasVariable(cache.value)
            context.report(
                .invalidReference,
                "`\(cache.value)` \(hasVariables ? "cannot become a repository" : "is no repository")",
                at: cache.span, fault.reason,
                help: [
                    "write `registry/repository`, and a tag if you like, without a scheme: "
                        + "`ghcr.io/team/cache:${BRANCH:-main}`"
                ])
        } else if reference.utf8.contains(UInt8(ascii: "@")) {
            context.report(
                .invalidReference, "a cache cannot be pinned", at: cache.span, "this is a digest",
                why: "every build writes another one", help: ["remove the digest"])
        }
    }

    private static func check(registry: Spanned<String>?, _ context: inout RuleContext) {
        guard let registry, let fault = ImageReference.registryFault(of: registry.value) else { return }
        if ImageReference.hasVariable(registry.value) {
            context.report(
                .invalidReference, "`\(registry.value)` cannot become a registry", at: registry.span, fault.reason,
                help: ["give it a default that is a registry, such as `${REGISTRY:-ghcr.io/team}`"])
            return
        }
        context.report(
            .invalidReference, "`\(registry.value)` is no registry", at: registry.span, fault.reason,
            help: ["write the registry's host and, if you like, a path, without a scheme: `ghcr.io/team`"])
    }
}
