import Diagnostics
import Resolution
import StrategyManifest
import YAMLSyntax

/// The services of environments that only pull released images: where containers run for others.
enum ProductionServices {
    /// Reports, once for each such environment, the services that lack something.
    static func report(
        _ code: Code, lacking what: String, why: String, help: String, _ context: inout RuleContext,
        where isLacking: (NodeID) -> Bool
    ) {
        guard context.isWhole else { return }
        let manifest = context.manifest
        for variant in context.resolution.variants {
            guard let index = variant.environment, !manifest.environments[index].keepsBuild else { continue }
            var names: [String] = []
            for project in variant.projects {
                for service in project.services where isLacking(service.body) {
                    names.append("`\(manifest.text(service.name))`")
                }
            }
            if names.isEmpty { continue }
            let environment = manifest.environments[index]
            context.report(
                code,
                "\(names.count == 1 ? "a service" : "\(names.count) services") of `\(manifest.text(environment.name))` \(names.count == 1 ? "has" : "have") \(what)",
                at: environment.name.span, fewOf(names), why: why, help: [help])
        }
    }
}
