import ComposeSpec
import Diagnostics
import Inspection
import Resolution
import SourceText

/// Claims of common ports, put into words.
struct PortCollision {
    /// More than one, in the order of the manifest; there can be a million, of which none is copied.
    let claims: LazyMapCollection<[Int], PortClaim>
    let variant: Variant

    /// The claims that a message shows; of more nobody reads.
    private static let labelled = 20
    /// The claims of one project that are compared in pairs.
    private static let compared = 100

    func report(_ context: inout RuleContext) {
        let manifest = context.manifest
        let first = claims[0]
        let isOneProject = claims.allSatisfy { $0.project == first.project }
        let isOneService = isOneProject && claims.allSatisfy { $0.service == first.service }
        let isCertain = hasCertainPair(context)
        // By default Compose makes one of them; which variables an environment's layer has is often another matter.
        if isOneService, isByDefault, claims.allSatisfy({ $0.isSame(as: first) }) { return }
        func user(_ claim: PortClaim) -> String {
            let project = variant.projects[claim.project]
            let name = "`\(manifest.text(project.services[claim.service].name))`"
            return isOneProject ? name : name + " of `\(manifest.text(manifest.projects[project.project].name))`"
        }
        var place = variant.environment.map { " in `\(manifest.text(manifest.environments[$0].name))`" } ?? ""
        if !isCertain, isByDefault { place += " while no variable is set" }
        var labels: [Diagnostic.Label] = []
        for claim in claims.dropFirst().prefix(Self.labelled) where claim.span != first.span {
            labels.append(context.label(claim.span, isOneService ? "and here" : "and so does \(user(claim))"))
        }
        if claims.count > Self.labelled + 1 {
            let next = claims[Self.labelled + 1]
            let more = claims.count - Self.labelled - 2
            labels.append(
                context.label(next.span, "and so does \(user(next))" + (more > 0 ? ", and \(more) more" : "")))
        }
        let services = Set(claims.map { $0.project << 32 | $0.service }).count
        let message =
            isOneService
            ? "\(user(first)) publishes \(ports)\(transport) \(claims.count == 2 ? "twice" : "\(claims.count) times")\(place)"
            : "\(services == 2 ? "two" : "\(services)") services would take \(ports)\(transport) of the host\(place)"
        context.report(
            .portTaken, message, at: first.span, isOneService ? "once here" : "\(user(first)) publishes it",
            also: labels,
            why: isOneService && !isCertain && !isByDefault
                ? "Compose makes one of the two, which say the same" : PortTaken.rationale,
            help: help(isOneProject, isOneService, isCertain, context), severity: isCertain ? .error : .warning)
    }

    private func help(
        _ isOneProject: Bool, _ isOneService: Bool, _ isCertain: Bool, _ context: RuleContext
    ) -> [String] {
        if isOneService {
            let isAddress = claims.contains { $0.address != claims[0].address }
            return [isAddress ? "keep the one with the address that is meant" : "keep one of them"]
        }
        var help = [
            "publish \(claims.count == 2 ? "one of them" : "all but one") on another port of the host, or on another address"
        ]
        if !isOneProject {
            help.append("or never run \(claims.count == 2 ? "both" : "two of these") projects on one host at a time")
        } else if isCertain {
            help.append("where only one of them is ever started, give each a profile of its own")
            help.append(
                "or allow it: `# bayplan: allow(\(PortTaken.code.name)) <reason>`, or `rules: {port-taken: warning}`")
        } else if isByDefault {
            help.append("give \(claims.count == 2 ? "one" : "all but one") of the variables another default")
        } else {
            let (one, other) = (profiles(of: claims[0], context), profiles(of: claims[1], context))
            help.append("or never start \(one.phrase) together with \(other.phrase)")
        }
        return help
    }

    /// Whether a variable's default makes one of the ports; of many, the first say it.
    private var isByDefault: Bool { claims.prefix(Self.compared).contains(where: \.isByDefault) }

    // MARK: What happens

    /// Whether one start of a project takes a port twice.
    private func hasCertainPair(_ context: RuleContext) -> Bool {
        var byProject: [Int: [PortClaim]] = [:]
        for claim in claims where byProject[claim.project]?.count ?? 0 < Self.compared {
            byProject[claim.project, default: []].append(claim)
        }
        return byProject.values.contains { own in
            let profiles = own.map { self.profiles(of: $0, context) }
            return own.indices.contains { index in
                own[..<index].indices.contains { other in
                    // A default holds only where nobody sets the variable.
                    own[index].meets(own[other]) && !own[index].isByDefault && !own[other].isByDefault
                        && (own[index].service == own[other].service
                            ? !own[index].isSame(as: own[other])
                            : profiles[index].meets(profiles[other]))
                }
            }
        }
    }

    private func profiles(of claim: PortClaim, _ context: RuleContext) -> ServiceProfiles {
        let project = variant.projects[claim.project]
        return ServiceProfiles(of: project.services[claim.service], in: project, context.manifest)
    }

    // MARK: Words

    /// The ports that all claims have in common, or all that they span.
    private var ports: String {
        var low = claims.map(\.ports.lowerBound).max() ?? 0
        var high = claims.map(\.ports.upperBound).min() ?? 0
        if low > high {
            low = claims.map(\.ports.lowerBound).min() ?? 0
            high = claims.map(\.ports.upperBound).max() ?? 0
        }
        return low == high ? "the port \(low)" : "the ports \(low) to \(high)"
    }

    private var transport: String { claims[0].transport == .tcp ? "" : " (\(claims[0].transport.rawValue))" }
}
