import Diagnostics
import Inspection
import Resolution
import SourceText

/// BP204: images that stand on each other in a cycle.
enum ImageCycle: Rule {
    static let code = Code.imageCycle
    static let summary = "Images that are built from each other in a cycle."
    static let rationale = "There is no first one to build."

    static func check(_ context: inout RuleContext) {
        var told: Set<[Span]> = []
        for variant in context.resolution.variants.indices
        where variant == 0 || context.resolution.variants[variant].graph != nil {
            let needs = context.resolution.graph(of: variant).needs
            let (cycles, further) = cycles(in: needs.map { $0.map(\.base) })
            context.diagnostics.count(further, code)
            for cycle in cycles {
                let edges = cycle.map { ($0.node, needs[$0.node][$0.edge]) }
                // Most cycles of an environment are development's.
                guard told.insert(edges.map(\.1.span)).inserted else { continue }
                report(edges, &context)
            }
        }
    }

    /// Draws the cycle: every edge with its place, beginning with the image that the manifest declares first.
    private static func report(_ cycle: [(image: Int, edge: Need)], _ context: inout RuleContext) {
        let manifest = context.manifest
        func name(_ image: Int) -> String { manifest.text(manifest.images[image].name) }
        guard let start = cycle.indices.min(by: { cycle[$0].image < cycle[$1].image }) else { return }
        let turned = Array(cycle[start...] + cycle[..<start])
        let drawn = drawn(cycleOf: turned.count) { name(turned[$0].image) }
        let labels = turned.prefix(drawnSteps).dropFirst().map {
            context.label($0.edge.span, "`\(name($0.image))` is built from `\(name($0.edge.base))`")
        }
        let one = turned[0]
        context.report(
            .imageCycle,
            turned.count == 1
                ? "the image `\(name(one.image))` is built from itself" : "images are built from each other: \(drawn)",
            at: one.edge.span, "`\(name(one.image))` is built from `\(name(one.edge.base))`", also: labels,
            why: "an image is built after its bases, so a cycle has no first one",
            help: ["remove one of these needs"])
    }
}
