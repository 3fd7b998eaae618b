import Diagnostics
import Inspection
import Resolution
import SourceText

/// BP211: a dependency that is not active whenever its dependant is.
enum InactiveDependency: Rule {
    static let code = Code.inactiveDependency
    static let summary = """
        Dependencies whose profiles are not active in every case in which the service itself is: an error where the \
        service runs without any profile, a warning where some choice of profiles runs both.
        """
    static let rationale = "Compose treats a service of an inactive profile as undefined, and refuses the project."

    static func check(_ context: inout RuleContext) {
        let manifest = context.manifest
        for (variant, dependencies) in zip(context.resolution.variants, context.dependencies) {
            for (project, dependencies) in zip(variant.projects, dependencies) {
                var profiles: [ServiceProfiles?] = Array(repeating: nil, count: project.services.count)
                func profilesOf(_ index: Int) -> ServiceProfiles {
                    let found = profiles[index] ?? ServiceProfiles(of: project.services[index], in: project, manifest)
                    profiles[index] = found
                    return found
                }
                for (index, service) in project.services.enumerated() {
                    for dependency in dependencies[index] where dependency.isRequired {
                        guard let target = dependency.position else { continue }
                        let (own, needed) = (profilesOf(index), profilesOf(target))
                        if needed.covers(own) { continue }
                        report(dependency, service, own, project.services[target], needed, &context)
                    }
                }
            }
        }
    }

    private static func report(
        _ dependency: ServiceDependency, _ service: ResolvedService, _ own: ServiceProfiles, _ other: ResolvedService,
        _ needed: ServiceProfiles, _ context: inout RuleContext
    ) {
        let name = context.manifest.text(service.name)
        let needs = dependency.name(in: context.tree)
        let missing = own.names.filter { !needed.holds($0) }
        var help = [
            own.names.isEmpty
                ? "remove the profiles of `\(needs)`, or give `\(name)` the same"
                : "add \(missing.map { "`\($0)`" }.joined(separator: ", ")) to the profiles of `\(needs)`"
        ]
        if context.tree.text(dependency.key) == "depends_on" {
            help.append("or write the dependency with `required: false`")
        }
        if !own.names.isEmpty { help.append("or always start \(own.phrase) together with \(needed.phrase)") }
        context.report(
            .inactiveDependency, "`\(name)` can run while `\(needs)`, on which it depends, does not",
            at: dependency.span, "`\(name)` has \(own.phrase)",
            also: [
                context.label(needed.span ?? other.name.span, "`\(needs)` runs only with \(needed.phrase)")
            ],
            why: rationale, help: help, severity: own.names.isEmpty ? .error : .warning)
    }
}
