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

    static func check(_ context: inout RuleContext) {
        // The pairs that were reported: where the items begin, in one number, since a set of a type of its own costs a small
        // run more than all else here.
        var reported: Set<Int> = []
        let (tree, keys) = (context.tree, context.compose)
        for variant in context.resolution.variants {
            var claims: [PortClaim] = []
            for (project, resolved) in variant.projects.enumerated() {
                for (service, body) in resolved.services.enumerated() {
                    PortClaim.add(
                        of: body.body, project: project, service: service, keys, context.resolution.portKeys, tree,
                        to: &claims)
                }
            }
            check(claims, variant, &reported, &context)
        }
    }

    /// Sweeps over the ports upwards: each claim is compared with those that its first port lies in.
    private static func check(
        _ claims: [PortClaim], _ variant: Variant, _ reported: inout Set<Int>, _ context: inout RuleContext
    ) {
        var open = OpenClaims(claims)
        let order = claims.indices.sorted {
            (claims[$0].ports.lowerBound, $0) < (claims[$1].ports.lowerBound, $1)
        }
        for index in order {
            let best = open.meeting(index).min { rank($0, index, claims) < rank($1, index, claims) }
            // A full list only learns that there is more: to count all pairs of many claims would take their square.
            if best != nil, context.countsOnly(code) { return }
            // One report for a claim: the third on a port would only repeat what the second was told.
            if let best { report(claims[min(index, best)], claims[max(index, best)], variant, &reported, &context) }
            open.add(index)
        }
    }

    /// A claim of the same project counts before one of another, an earlier before a later.
    private static func rank(_ other: Int, _ index: Int, _ claims: [PortClaim]) -> (Int, Int) {
        (claims[other].project == claims[index].project ? 0 : 1, other)
    }

    private static func report(
        _ first: PortClaim, _ second: PortClaim, _ variant: Variant, _ reported: inout Set<Int>,
        _ context: inout RuleContext
    ) {
        let pair = Int(first.span.start) << 32 | Int(second.span.start)
        guard reported.insert(pair).inserted else { return }
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
