import Diagnostics
import Resolution
import SourceText

/// BP230: what an environment of Swarm's cannot have.
enum RefusedBySwarm: Rule {
    static let code = Code.refusedBySwarm
    static let summary = """
        Parts of services that `docker stack deploy` refuses or takes otherwise, in environments with `engine: swarm`: \
        ports on one address, `${X:+word}`, variables in defaults, and images without a registry.
        """
    static let rationale =
        "The stack could not be deployed, or would do something else than Compose does with the same words."

    static func check(_ context: inout RuleContext) {
        var told: Set<Span> = []
        for variant in context.resolution.variants {
            guard let index = variant.environment, context.manifest.environments[index].isSwarm else { continue }
            let environment = context.manifest.text(context.manifest.environments[index].name)
            for turn in variant.swarmTurns {
                guard case .refused(let reason) = turn.effect, told.insert(turn.span).inserted,
                    !context.countsOnly(code)
                else { continue }
                context.report(
                    code, "`\(environment)` cannot have `\(turn.what)`", at: turn.span, reason,
                    why: "Swarm runs this environment",
                    help: ["state it otherwise in `environments.\(environment)`, or remove it there by `!reset`"])
            }
            for project in variant.projects {
                for service in project.services {
                    guard let image = service.image, variant.references[image].domain == nil,
                        context.manifest.images[image].isBuilt,
                        told.insert(context.manifest.environments[index].name.span).inserted
                    else { continue }
                    context.report(
                        code, "`\(environment)` has no registry for `\(context.manifest.text(service.imageName))`",
                        at: context.manifest.environments[index].name.span, "Swarm's nodes pull every image",
                        help: ["add `registry:` to the environment, and push there with `release.sh`"])
                }
            }
        }
    }
}
