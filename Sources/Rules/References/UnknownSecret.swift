import Diagnostics
import Inspection
import Resolution
import SourceText
import YAMLSyntax

/// BP210: a secret that the project does not declare.
enum UnknownSecret: Rule {
    static let code = Code.unknownSecret
    static let summary = "Secrets that a service or a build is granted and the project's `secrets` do not have."
    static let rationale = "Compose refuses a project with a service on an undefined secret."

    static func check(_ context: inout RuleContext) {
        let (keys, manifest) = (context.compose, context.manifest)
        checkUses(code, keys.secrets, &context) { value, tree in grants(value, keys, tree) }
        let resolution = context.resolution
        var told: Set<Span> = []
        let changed = Set(resolution.changedSections.map(\.variant))
        for (variant, resolved) in resolution.variants.enumerated()
        where variant == 0 || resolved.images != nil || changed.contains(variant) {
            let environment = resolved.environment.map { manifest.environments[$0] }
            guard environment?.keepsBuild ?? true else { continue }
            // By project: the images that its services run, and its secrets.
            var run: [Int: Set<Int>] = [:]
            var known: [Int: Declarations] = [:]
            for (index, image) in resolution.images(of: variant).enumerated() {
                guard let secrets = image.build?.options.secrets, !secrets.isEmpty,
                    let owner = resolution.owner(of: index)
                else { continue }
                let project = resolved.projects[owner]
                // An environment without a service of the image has no build of it.
                if variant > 0 {
                    let ran = run[owner] ?? Set(project.services.compactMap(\.image))
                    run[owner] = ran
                    guard ran.contains(index) else { continue }
                }
                let declared = known[owner] ?? Declarations(keys.secrets, of: project, in: resolved, context)
                known[owner] = declared
                for secret in secrets {
                    let use =
                        secret.source.map { ResourceUse($0, manifest.tree) }
                        ?? ResourceUse(lackingIn: secret.item, manifest.tree)
                    if declared.holds(use) || !told.insert(use.span).inserted { continue }
                    declared.report(use, code, "the build of `\(manifest.text(image.name))`", rationale, &context)
                }
            }
        }
    }
}
