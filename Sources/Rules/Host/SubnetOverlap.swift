import ComposeSpec
import Diagnostics
import Inspection
import Resolution
import SourceText
import YAMLSyntax

/// BP403: two networks whose addresses overlap.
enum SubnetOverlap: Rule {
    static let code = Code.subnetOverlap
    static let summary = "Subnets of two networks that hold common addresses, within a project or across projects."
    static let rationale = "Docker refuses the second network: \"Pool overlaps with other one on this address space\"."

    private struct Claim {
        let subnet: Subnet
        let span: Span
        let network: NodeID
        let engineName: String?
        let project: Int
    }

    static func check(_ context: inout RuleContext) {
        var told: Set<[Span]> = []
        // Only where networks change can an environment have others than development.
        for variant in Set([0] + context.resolution.changedSections.map(\.variant)).sorted() {
            check(context.resolution.variants[variant], &told, &context)
        }
    }

    private static func check(_ variant: Variant, _ told: inout Set<[Span]>, _ context: inout RuleContext) {
        // Of two subnets that overlap one holds the other: it comes first.
        let claims = collect(variant, context).sorted {
            ($0.subnet.first, $1.subnet.last, $0.span.start) < ($1.subnet.first, $0.subnet.last, $1.span.start)
        }
        // The last that none before it holds: what it does not overlap, no earlier one does.
        var widest: Claim?
        // Those that overlap another, one behind the other.
        var group: [Claim] = []
        var grouped: Set<Span> = []
        func close(_ context: inout RuleContext) {
            group.sort { $0.span.start < $1.span.start }
            if group.count > 1, told.insert(group.map(\.span)).inserted { report(group, &context) }
            (group, grouped) = ([], [])
        }
        for claim in claims {
            guard let open = widest, claim.subnet.first <= open.subnet.last else {
                close(&context)
                widest = claim
                continue
            }
            if open.engineName == nil || open.engineName != claim.engineName {
                for one in [open, claim] where grouped.insert(one.span).inserted { group.append(one) }
            }
        }
        close(&context)
    }

    private static func collect(_ variant: Variant, _ context: RuleContext) -> [Claim] {
        let (tree, keys) = (context.tree, context.compose)
        var claims: [Claim] = []
        for project in variant.projects {
            for (key, value) in project.sections where tree[key].symbol == keys.networks {
                for entry in tree.entries(value) {
                    guard let ipam = tree.value(keys.ipam, in: entry.value),
                        let config = tree.value(keys.config, in: ipam)
                    else { continue }
                    let name = tree.value(keys.name, in: entry.value).map { tree.text($0) }
                    for item in tree.items(config) {
                        guard let text = tree.value(keys.subnet, in: item), let subnet = Subnet(tree.bytes(text)) else {
                            continue
                        }
                        claims.append(
                            Claim(
                                subnet: subnet, span: tree[text].span, network: entry.key, engineName: name,
                                project: project.project))
                    }
                }
            }
        }
        return claims
    }

    private static func report(_ group: [Claim], _ context: inout RuleContext) {
        let manifest = context.manifest
        func name(_ claim: Claim) -> String {
            "`\(context.tree.text(claim.network))` of `\(manifest.text(manifest.projects[claim.project].name))`"
        }
        context.report(
            .subnetOverlap, "\(group.count == 2 ? "two" : "\(group.count)") networks claim the same addresses",
            at: group[0].span, "\(name(group[0])) has these",
            also: group.dropFirst().prefix(20).map { context.label($0.span, "and \(name($0)) some of them") },
            why: rationale,
            help: [
                group.count == 2
                    ? "give one of the networks another subnet" : "give each of the networks a subnet of its own"
            ])
    }
}
