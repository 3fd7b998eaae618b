import ComposeSpec
import Diagnostics
import Resolution
import SourceText
import StrategyManifest

/// BP313: an image that two environments build differently under one reference.
enum OneReferenceTwoBuilds: Rule {
    static let code = Code.oneReferenceTwoBuilds
    static let summary =
        "Images that two environments, of which development is one, build differently under the same reference."
    static let rationale = "Whichever is built last is what both run: an engine holds one image under a reference."

    static func check(_ context: inout RuleContext) {
        let resolution = context.resolution
        let changed = resolution.variants.indices.filter { resolution.variants[$0].images != nil }
        if changed.isEmpty { return }
        // By image and reference, the first variant that builds it, and how.
        var known: [String: (variant: Int, signature: Int)] = [:]
        var told: Set<Int> = []
        lazy var overrides = resolution.manifest.environments.map(\.imagesByName)
        for variant in [0] + changed {
            for (image, signature) in signatures(variant, resolution).enumerated() {
                guard let signature else { continue }
                let key = "\(image) \(resolution.variants[variant].references[image].normalized.text)"
                guard let other = known[key] else {
                    known[key] = (variant, signature)
                    continue
                }
                guard other.signature != signature, told.insert(image).inserted else { continue }
                let name = resolution.manifest.images[image].name.symbol
                let places = [variant, other.variant].map { variant in
                    resolution.variants[variant].environment.flatMap { overrides[$0][name]?.build }
                        .map { context.tree[$0].span }
                }
                report(image, (variant, places[0]), (other.variant, places[1]), &context)
            }
        }
    }

    /// For each image that a variant builds, a number for its build and those of all that it stands on.
    private static func signatures(_ variant: Int, _ resolution: Resolution) -> [Int?] {
        let (images, needs) = (resolution.images(of: variant), resolution.graph(of: variant).needs)
        var signatures = [Int?](repeating: nil, count: images.count)
        var isBegun = [Bool](repeating: false, count: images.count)
        for image in images.indices where images[image].isBuilt {
            var open = [image]
            while let next = open.last {
                // A base that is begun and has no number yet stands on this image, which is told elsewhere.
                let missing = needs[next].map(\.base).filter { !isBegun[$0] }
                isBegun[next] = true
                if !missing.isEmpty {
                    open += missing
                    continue
                }
                open.removeLast()
                guard signatures[next] == nil, let build = images[next].build else { continue }
                var hasher = Hasher()
                build.spelling(of: resolution.manifest.tree).withUnsafeBytes { hasher.combine(bytes: $0) }
                for base in Set(needs[next].map(\.base)).sorted() { hasher.combine(signatures[base]) }
                signatures[next] = hasher.finalize()
            }
        }
        return signatures
    }

    /// - Parameters:
    ///   - one: a variant, and where its environment says how it builds the image.
    ///   - other: the variant that builds it under the same reference, likewise.
    private static func report(
        _ image: Int, _ one: (variant: Int, place: Span?), _ other: (variant: Int, place: Span?),
        _ context: inout RuleContext
    ) {
        if context.countsOnly(code) { return }
        let (manifest, resolution) = (context.manifest, context.resolution)
        let name = manifest.text(manifest.images[image].name)
        let reference = resolution.variants[one.variant].references[image].text
        func title(_ variant: Int) -> String {
            resolution.variants[variant].environment.map { "`\(manifest.text(manifest.environments[$0].name))`" }
                ?? "development"
        }
        let (here, there) = (title(one.variant), title(other.variant))
        let base = resolution.graph(of: one.variant).needs[image].first
        let span = one.place ?? base?.span ?? manifest.images[image].name.span
        let otherSpan =
            other.place ?? manifest.images[image].build.map { context.tree[$0.node].span }
            ?? manifest.images[image].name.span
        context.report(
            code, "\(here) and \(there) build `\(name)` differently, and both call it `\(reference)`", at: span,
            one.place == nil ? "\(here) builds a base of it differently" : "\(here) builds it so",
            also: [context.label(otherSpan, "\(there) builds it so")],
            why: "an engine holds one image under a reference: what is built last is what both run",
            help: ["give \(here) another `tag` or `registry`, for all images or for this one"])
    }
}
