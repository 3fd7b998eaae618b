import ComposeSpec
import Diagnostics
import Inspection
import Resolution
import SourceText

/// BP401: one port of the host for two containers.
enum PortTaken: Rule {
    static let code = Code.portTaken
    static let summary = """
        Ports of the host that several services, or one of them twice, publish on overlapping addresses with one \
        protocol: an error where one start of a project takes a port twice, a warning across projects, across profiles, and \
        where a variable's default makes the port.
        """
    static let rationale = "The second container does not start: one address gives each port away once."
    static let configuring: String? =
        "`rules` lowers it for a project whose services are alternatives, of which people start one."

    static func check(_ context: inout RuleContext) {
        // The collisions that were reported: the claims' places in one number, since a set of a type of its own costs a small
        // run more than all else here.
        var reported: Set<Int> = []
        let keys = context.compose
        for variant in context.resolution.variants {
            var claims: [PortClaim] = []
            for (project, resolved) in variant.projects.enumerated() {
                for (service, body) in resolved.services.enumerated() {
                    PortClaim.add(
                        of: body.body, project: project, service: service, keys, context.resolution,
                        to: &claims)
                }
            }
            for group in colliding(claims) {
                // A full list only learns that there is more.
                if context.countsOnly(code) { break }
                let places = group.reduce(into: 0) { $0 = $0 &* 0x0100_0000_01B3 ^ Int(claims[$1].span.start) }
                guard reported.insert(places).inserted else { continue }
                PortCollision(claims: group.lazy.map { claims[$0] }, variant: variant).report(&context)
            }
        }
    }

    /// The groups of claims that meet, directly or through others, each ascending, in the order of their first.
    ///
    /// Sweeps over the ports upwards: each claim is compared with those that its first port lies in.
    private static func colliding(_ claims: [PortClaim]) -> [[Int]] {
        var open = OpenClaims(claims)
        var leader = Array(claims.indices)
        func found(_ index: Int) -> Int {
            var index = index
            while leader[index] != index {
                // Each walk halves the way: claims can lead to one another in one long row.
                leader[index] = leader[leader[index]]
                index = leader[index]
            }
            return index
        }
        let order = claims.indices.sorted {
            (claims[$0].ports.lowerBound, $0) < (claims[$1].ports.lowerBound, $1)
        }
        var hasCollision = false
        for index in order {
            for other in open.meeting(index) {
                let (one, two) = (found(index), found(other))
                leader[max(one, two)] = min(one, two)
                hasCollision = true
            }
            open.add(index)
        }
        if !hasCollision { return [] }
        var groups: [Int: [Int]] = [:]
        for index in claims.indices { groups[found(index), default: []].append(index) }
        return claims.indices.compactMap { index in groups[index].flatMap { $0.count > 1 ? $0 : nil } }
    }
}
