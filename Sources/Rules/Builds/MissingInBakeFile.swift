import ComposeSpec
import Diagnostics
import SourceText

/// BP311: what a build says and the bake file cannot.
enum MissingInBakeFile: Rule {
    static let code = Code.missingInBakeFile
    static let summary = """
        Keys of a `build` that the bake file has no word for: `isolation`, and switches that depend on a variable.
        """
    static let rationale =
        "`docker buildx bake` and `release.sh --platform` build with the bake file, and so without them."

    static func check(_ context: inout RuleContext) {
        let manifest = context.manifest
        guard let bake = manifest.outputs[.bake] else { return }
        // An environment repeats what development states; it is told once.
        var told: Set<Span> = []
        for image in context.imagesEverywhere {
            guard let options = image.build?.options else { continue }
            let name = manifest.text(image.name)
            if let isolation = options.isolation, told.insert(isolation.span).inserted {
                context.report(
                    code, "`\(bake.value)` builds `\(name)` without `isolation`", at: isolation.span,
                    "Buildx has no word for it", why: rationale,
                    help: ["build it with `build.sh`, or remove the key where it changes nothing"])
            }
            for (key, stated) in switches(of: options) {
                guard let stated, stated.value.contains("$"), told.insert(stated.span).inserted else { continue }
                context.report(
                    code, "`\(bake.value)` builds `\(name)` without `\(key)`", at: stated.span,
                    "its value is known only when it is built", why: rationale, help: ["write the value out"])
            }
        }
        for environment in manifest.environments {
            let attestations = environment.attestations
            for (key, stated) in [("provenance", attestations.provenance), ("sbom", attestations.sbom)] {
                guard let stated, stated.value.contains("$") else { continue }
                context.report(
                    code, "`\(bake.value)` releases `\(manifest.text(environment.name))` without `\(key)`",
                    at: stated.span, "its value is known only when it is built", why: rationale,
                    help: ["write the value out"])
            }
        }
    }

    /// What a bake file states as a whole, and not as a text with variables.
    private static func switches(of options: BuildOptions) -> [(key: String, stated: Spanned<String>?)] {
        [
            ("no_cache", options.noCache), ("pull", options.pull), ("privileged", options.privileged),
            ("provenance", options.provenance), ("sbom", options.sbom),
        ]
    }
}
