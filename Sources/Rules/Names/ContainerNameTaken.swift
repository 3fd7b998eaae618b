import Diagnostics
import Inspection
import Resolution
import SourceText
import StrategyManifest
import YAMLSyntax

/// BP107: one container name for two containers, within a project or across projects.
enum ContainerNameTaken: Rule {
    static let code = Code.containerNameTaken
    static let summary = "Containers of one environment that would have the same name, whatever their projects."
    static let rationale =
        """
        One engine allows one container of a name; the second one does not start, and may hide the first. Services of \
        which no one profile runs two are alternatives, so that a name which they share is a warning. Two of one project that \
        start together are refused by Compose from 2.30 on, so that no comment and no level silences them.
        """

    /// One container and where its name comes from.
    private struct Claim {
        let project: Int
        let service: ResolvedService
    }
    static let configuring: String? =
        "`naming.container`, a project's or an environment's `container_name` make the names."

    static func check(_ context: inout RuleContext) {
        var reported: Set<[Span]> = []
        for variant in context.resolution.variants {
            var first: [Symbol: Claim] = [:]
            var further: [Symbol: [Claim]] = [:]
            var order: [Symbol] = []
            first.reserveCapacity(variant.projects.reduce(0) { $0 + $1.services.count })
            for project in variant.projects {
                for service in project.services {
                    guard let name = service.containerName.symbol else { continue }
                    let claim = Claim(project: project.project, service: service)
                    guard first[name] != nil else {
                        first[name] = claim
                        continue
                    }
                    if further[name] == nil { order.append(name) }
                    further[name, default: []].append(claim)
                }
            }
            for name in order {
                guard let one = first[name], let others = further[name] else { continue }
                let claims = [one] + others
                // The same collision in an environment is a consequence of the one in development.
                guard reported.insert(claims.map { span(of: $0) }).inserted else { continue }
                report(name, claims, variant, &context)
            }
        }
    }

    /// The containers that a message shows; of more nobody reads.
    private static let labelled = 100

    /// Whether all are services of one project of which no single profile runs two, and whether some project has two that
    /// one profile runs, which Compose refuses from 2.30 on.
    private static func kind(
        of claims: [Claim], _ variant: Variant, _ context: RuleContext
    ) -> (areAlternatives: Bool, isRefused: Bool) {
        let shown = claims.prefix(labelled)
        let groups = Dictionary(grouping: shown, by: \.project).filter { $0.value.count > 1 }
        var isRefused = false
        for project in variant.projects {
            guard let own = groups[project.project] else { continue }
            let profiles = own.map { ServiceProfiles(of: $0.service, in: project, context.manifest) }
            isRefused =
                isRefused
                || profiles.indices.contains { index in
                    profiles[..<index].contains { $0.meets(profiles[index]) }
                }
        }
        let isOneProject = claims.count <= labelled && groups.first?.value.count == claims.count
        return (isOneProject && !isRefused, isRefused)
    }

    private static func span(of claim: Claim) -> Span {
        if case .literal(_, let span) = claim.service.containerName { return span }
        return claim.service.name.span
    }

    private static func report(_ name: Symbol, _ claims: [Claim], _ variant: Variant, _ context: inout RuleContext) {
        let text = context.tree.text(name)
        let manifest = context.manifest
        func project(_ claim: Claim) -> String { manifest.text(manifest.projects[claim.project].name) }
        let number = claims.count == 2 ? "two" : "\(claims.count)"
        let place = variant.environment.map { " in `\(manifest.text(manifest.environments[$0].name))`" } ?? ""
        var labels: [Diagnostic.Label] = []
        let untold = claims.count - Self.labelled - 1
        for (index, claim) in claims.prefix(Self.labelled + 1).enumerated().dropFirst() {
            let isLiteral = if case .literal = claim.service.containerName { true } else { false }
            let whose =
                claim.project == claims[0].project
                ? "service `\(manifest.text(claim.service.name))`" : "`\(project(claim))`"
            let more = index == Self.labelled && untold > 0 ? ", and \(untold) more" : ""
            labels.append(context.label(span(of: claim), "and so does \(whose)\(isLiteral ? " here" : "")\(more)"))
        }
        let literals = claims.filter { if case .literal = $0.service.containerName { true } else { false } }
        let help: String
        if let literal = literals.last {
            let isWithin = claims.allSatisfy { $0.project == literal.project }
            let whose = isWithin ? manifest.text(literal.service.name) : project(literal)
            help = "remove this override, or give `\(whose)` its own name"
        } else if claims.contains(where: { $0.project != claims[0].project }) {
            help = "put `{project}` into one of the templates, or state `container_name` in one of the services"
        } else {
            help = "put `{service}` into the template, or state `container_name` in one of the services"
        }
        let (areAlternatives, isRefused) = kind(of: claims, variant, context)
        context.report(
            .containerNameTaken, "\(number) containers would be named `\(text)`\(place)", at: span(of: claims[0]),
            "project `\(project(claims[0]))` names its container `\(text)`", also: labels,
            why: "one Docker engine allows one container of a name, whatever its project", help: [help],
            severity: areAlternatives ? .warning : .error, refusedByCompose: isRefused)
    }
}
