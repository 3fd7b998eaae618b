import Diagnostics
import SourceText

/// BP314: a cache that nothing writes, or attestations that nothing makes, because there is no bake file.
enum BakeFileNeeded: Rule {
    static let code = Code.bakeFileNeeded
    static let summary = "`cache` and `attest` of environments where `outputs.bake` is `false`."
    static let rationale =
        "Only Buildx writes the layers of builds to a registry and attests what it pushes, and it builds by the bake file."

    static func check(_ context: inout RuleContext) {
        guard context.manifest.outputs[.bake] == nil else { return }
        for environment in context.manifest.environments {
            let name = context.manifest.text(environment.name)
            if let cache = environment.cache {
                context.report(
                    code, "nothing writes the cache of `\(name)`", at: cache.span, "builds read layers from here",
                    why: rationale, help: ["remove `bake: false` from `outputs`"])
            }
            if let stated = environment.attestations.provenance ?? environment.attestations.sbom {
                context.report(
                    code, "nothing attests what `\(name)` releases", at: stated.span, "this is asked for",
                    why: rationale, help: ["remove `bake: false` from `outputs`"])
            }
        }
    }
}
