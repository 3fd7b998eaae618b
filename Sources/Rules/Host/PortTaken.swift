import ComposeSpec
import Diagnostics
import Resolution
import SourceText

/// BP401: one port of the host for two containers.
enum PortTaken: Rule {
    static let code = Code.portTaken
    static let finds = """
        Ports of the host that two services publish on overlapping addresses with one protocol: an error where one \
        start of a project runs both, a warning across projects and across profiles.
        """
    static let matters = "The second container does not start: one address gives each port away once."

    /// A pair that was reported.
    private struct Pair: Hashable {
        let first: Span
        let second: Span
    }

    static func check(_ context: inout RuleContext) {
        var reported: Set<Pair> = []
        let (tree, keys) = (context.tree, context.compose)
        for variant in context.resolution.variants {
            var claims: [PortClaim] = []
            for (project, resolved) in variant.projects.enumerated() {
                for (service, body) in resolved.services.enumerated() {
                    claims += PortClaim.all(in: body.body, project: project, service: service, keys, tree)
                }
            }
            check(claims, variant, &reported, &context)
        }
    }

    /// Sweeps over the ports upwards: each claim is compared with those that its first port lies in.
    private static func check(
        _ claims: [PortClaim], _ variant: Variant, _ reported: inout Set<Pair>, _ context: inout RuleContext
    ) {
        let order = claims.indices.sorted {
            (claims[$0].ports.lowerBound, $0) < (claims[$1].ports.lowerBound, $1)
        }
        var open: [Int] = []
        for index in order {
            let claim = claims[index]
            open.removeAll { claims[$0].ports.upperBound < claim.ports.lowerBound }
            // One report for a claim: the third on a port would only repeat what the second was told.
            if let other = open.filter({ claims[$0].meets(claim) }).min(by: {
                rank($0, index, claims) < rank($1, index, claims)
            }) {
                let (first, second) = (claims[min(index, other)], claims[max(index, other)])
                report(first, second, variant, &reported, &context)
            }
            open.append(index)
        }
    }

    /// A claim of the same project counts before one of another, an earlier before a later.
    private static func rank(_ other: Int, _ index: Int, _ claims: [PortClaim]) -> (Int, Int) {
        (claims[other].project == claims[index].project ? 0 : 1, other)
    }

    private static func report(
        _ first: PortClaim, _ second: PortClaim, _ variant: Variant, _ reported: inout Set<Pair>,
        _ context: inout RuleContext
    ) {
        guard reported.insert(Pair(first: first.span, second: second.span)).inserted else { return }
        let manifest = context.manifest
        let (one, other) = (variant.projects[first.project], variant.projects[second.project])
        let (service, rival) = (one.services[first.service], other.services[second.service])
        func name(_ project: ResolvedProject) -> String { manifest.text(manifest.projects[project.project].name) }
        let isOneProject = first.project == second.project
        let profiles = ServiceProfiles(of: service, in: one, manifest)
        let others = ServiceProfiles(of: rival, in: other, manifest)
        let isCertain = isOneProject && profiles.activations(with: others) < 2
        let low = max(first.ports.lowerBound, second.ports.lowerBound)
        let high = min(first.ports.upperBound, second.ports.upperBound)
        let ports = low == high ? "the port \(low)" : "the ports \(low) to \(high)"
        let transport = first.transport == .tcp ? "" : " (\(first.transport.rawValue))"
        let place = variant.environment.map { " in `\(manifest.text(manifest.environments[$0].name))`" } ?? ""
        func user(_ service: ResolvedService, _ project: ResolvedProject) -> String {
            isOneProject
                ? "`\(manifest.text(service.name))`" : "`\(manifest.text(service.name))` of `\(name(project))`"
        }
        var help = ["publish one of them on another port of the host, or on another address"]
        if isOneProject, !isCertain {
            help.append("never start \(profiles.phrase) together with \(others.phrase)")
        } else if !isOneProject {
            help.append("or never run both projects on one host at a time")
        }
        context.report(
            .portTaken, "two services would take \(ports)\(transport) of the host\(place)", at: first.span,
            "\(user(service, one)) publishes it",
            also: first.span == second.span
                ? [] : [context.label(second.span, "and so does \(user(rival, other))")],
            why: matters, help: help, severity: isCertain ? .error : .warning)
    }
}
