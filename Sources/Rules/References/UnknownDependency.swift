import ComposeSpec
import Diagnostics
import Inspection
import Resolution
import StrategyManifest
import YAMLSyntax

/// BP205: a service that the project does not have.
enum UnknownDependency: Rule {
    static let code = Code.unknownDependency
    static let summary = """
        Services named by `depends_on`, `links`, `volumes_from`, `network_mode`, `ipc`, `pid`, `uts` and \
        `build.additional_contexts` that the project does not have, and services of other projects named by `after` \
        that those do not have.
        """
    static let rationale = "Compose refuses the whole project when one service depends on an undefined one."

    static func check(_ context: inout RuleContext) {
        checkStartTargets(&context)
        let manifest = context.manifest
        var owners = ServiceOwners(manifest)
        for (index, variant) in context.resolution.variants.enumerated() {
            let dependencies = context.dependencies[index]
            for (project, dependencies) in zip(variant.projects, dependencies) {
                for (service, dependencies) in zip(project.services, dependencies) {
                    for dependency in dependencies where dependency.position == nil {
                        report(dependency, of: service, in: project, variant, &owners, &context)
                    }
                }
            }
            let environment = variant.environment.map { manifest.environments[$0] }
            if environment?.keepsBuild ?? true { checkContexts(variant, index, &context) }
        }
    }

    private static func report(
        _ dependency: ServiceDependency, of service: ResolvedService, in project: ResolvedProject, _ variant: Variant,
        _ owners: inout ServiceOwners, _ context: inout RuleContext
    ) {
        if context.countsOnly(.unknownDependency) { return }
        let manifest = context.manifest
        let declared = manifest.projects[project.project]
        let name = manifest.text(declared.name)
        let needs = dependency.name(in: context.tree)
        var help: [String] = []
        var fix: Fix?
        var also: [Diagnostic.Label] = []
        var message = "the project `\(name)` has no service `\(needs)`"
        if let environment = variant.environment, let target = dependency.target,
            owners.projects[target]?.contains(project.project) ?? false
        {
            let place = manifest.environments[environment]
            message += " in `\(manifest.text(place.name))`"
            if let removed = owners.override(of: target, of: declared.name.symbol, in: environment) {
                also.append(context.label(removed.span, "the environment removes it here"))
            }
            help.append(
                place.isComplete
                    ? "declare the service there, too: this environment inherits none, or remove this dependency"
                    : "keep the service there, or remove this dependency there, too")
        } else if let added = dependency.target.flatMap({ owners.addition(of: $0, to: declared.name.symbol) }) {
            also.append(context.label(added.name.span, "only this environment has it"))
            help.append("declare the service in `\(name)`, or state this dependency only where the service is")
        } else if let near = context.closestMatch(
            to: needs, among: project.services.lazy.map({ manifest.text($0.name) }))
        {
            help.append("did you mean `\(near)`?")
            fix = context.renaming(needs, to: near, at: dependency.span)
        } else if let other = dependency.target.flatMap({ owners.projects[$0]?.first }) {
            let other = manifest.text(manifest.projects[other].name)
            help.append("`\(needs)` is a service of `\(other)`: Compose starts no other project")
        } else {
            help.append("declare the service in `\(name)`, or remove this dependency")
        }
        context.report(
            .unknownDependency, message, at: dependency.span,
            "`\(manifest.text(service.name))` needs it for `\(context.tree.text(dependency.key))`", also: also,
            why: rationale, help: help, fix: fix)
    }

    /// `service:x` in the builds of images: the owner's project must have `x`, and build it.
    private static func checkContexts(_ variant: Variant, _ variantIndex: Int, _ context: inout RuleContext) {
        let (manifest, tree) = (context.manifest, context.tree)
        let resolution = context.resolution
        // By project, what its services run and how they are called: made once, however many images it builds.
        var known: [Int: (images: Set<Int>, services: Set<Symbol>)] = [:]
        func facts(of owner: Int) -> (images: Set<Int>, services: Set<Symbol>)? {
            if let known = known[owner] { return known }
            guard let project = variant.projects.first(where: { $0.project == owner }) else { return nil }
            let facts = (Set(project.services.compactMap(\.image)), Set(project.services.map(\.name.symbol)))
            known[owner] = facts
            return facts
        }
        for (index, image) in resolution.images(of: variantIndex).enumerated() {
            guard let contexts = image.build?.contexts, !contexts.isEmpty,
                let owner = context.resolution.owner(of: index),
                let project = facts(of: owner), project.images.contains(index)
            else { continue }
            for (place, named) in contexts.enumerated() where named.context.isSettled {
                // What an environment takes away or turns off is the image of development there.
                guard case .service(let name) = named.context.kind,
                    resolution.graph(of: variantIndex).contextImages[index][place] == nil
                else { continue }
                let isThere = tree.symbols.find(name).map(project.services.contains) ?? false
                let owning = manifest.text(manifest.projects[owner].name)
                context.report(
                    .unknownDependency,
                    isThere
                        ? "the service `\(name)` is not built in `\(owning)`"
                        : "the project `\(owning)` has no service `\(name)`",
                    at: named.serviceSpan,
                    "the build of `\(manifest.text(image.name))` takes it as a context",
                    why: "Compose refuses a context of a service that it does not build in the same project",
                    help: ["name the image under `needs`, and `docker-image://` with its reference as the context"])
            }
        }
    }
}

/// The services that `after` names and that their project has in no environment.
extension UnknownDependency {
    fileprivate static func checkStartTargets(_ context: inout RuleContext) {
        let manifest = context.manifest
        var known: [Int: Set<Symbol>] = [:]
        for project in manifest.projects {
            for target in project.after {
                guard let service = target.service, let index = manifest.projectIndex[target.project.symbol] else {
                    continue
                }
                let other = manifest.projects[index]
                // Where `services` itself cannot be read, every name would be unknown.
                guard other.hasAllServices else { continue }
                if known[index] == nil {
                    known[index] = Set(
                        context.resolution.variants.flatMap { $0.projects[index].services.map(\.name.symbol) })
                }
                if known[index]?.contains(service.symbol) ?? false { continue }
                report(service, of: other, for: project, &context)
            }
        }
    }

    private static func report(_ service: Name, of other: Project, for project: Project, _ context: inout RuleContext) {
        if context.countsOnly(.unknownDependency) { return }
        let manifest = context.manifest
        let (name, needs) = (manifest.text(other.name), manifest.text(service))
        let near = context.closestMatch(to: needs, among: other.services.lazy.map { manifest.text($0.name) })
        context.report(
            .unknownDependency, "the project `\(name)` has no service `\(needs)`", at: service.span,
            "`\(manifest.text(project.name))` starts after it",
            also: [context.label(other.name.span, "the project is declared here")],
            why: "`up.sh` could never start what is to run before",
            help: [near.map { "did you mean `\($0)`?" } ?? "name a service of `\(name)`, or `\(name)` for all of it"],
            fix: context.renaming(needs, to: near, at: service.span))
    }
}
