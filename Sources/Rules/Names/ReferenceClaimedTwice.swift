import ComposeSpec
import Diagnostics
import Resolution
import SourceText
import StrategyManifest

/// BP111: two images under one reference.
enum ReferenceClaimedTwice: Rule {
    static let code = Code.referenceClaimedTwice
    static let summary =
        "Two images with the same repository and tag in one environment, at least one of them built here."
    static let rationale = "Whichever is built last silently replaces the other for everyone who runs it."

    static func check(_ context: inout RuleContext) {
        var reported: Set<[Int]> = []
        for variant in context.resolution.variants {
            var first: [String: Int] = [:]
            first.reserveCapacity(variant.references.count)
            // What else is called as the first one is.
            var twins: [Int: [Int]] = [:]
            var order: [Int] = []
            for (index, reference) in variant.references.enumerated() {
                let key = reference.normalized.text
                var other = first[key]
                if other == nil { first[key] = index }
                // Two texts can have one default.
                if reference.hasVariables, let settled = reference.settled?.normalized.text {
                    if first[settled] == nil { first[settled] = index }
                    if other == nil, first[settled] != index { other = first[settled] }
                }
                guard let other else { continue }
                let images = context.manifest.images
                guard images[index].isBuilt || images[other].isBuilt else { continue }
                if twins[other] == nil { order.append(other) }
                twins[other, default: []].append(index)
            }
            for other in order {
                guard let found = twins[other], reported.insert([other] + found).inserted else { continue }
                let images = context.manifest.images
                let reference = variant.references[found[0]]
                let key = reference.normalized.text
                let isSameText = variant.references[other].normalized.text == key
                let name =
                    isSameText
                    ? "`\(reference.text)`" : "`\((reference.settled ?? reference).text)` while no variable is set"
                let place = variant.environment.map {
                    " in `\(context.manifest.text(context.manifest.environments[$0].name))`"
                }
                context.report(
                    .referenceClaimedTwice,
                    "\(found.count == 1 ? "two" : "\(found.count + 1)") images are called \(name)\(place ?? "")",
                    at: span(of: images[found[0]]), "this image is \(name)",
                    also: ([other] + found.dropFirst().prefix(20)).map {
                        context.label(span(of: images[$0]), "and so is this one")
                    },
                    why: found.count == 1
                        ? "the one that is built last replaces the other under that name"
                        : "the one that is built last replaces the others under that name",
                    help: ["give \(found.count == 1 ? "one of them" : "all but one") another `repository` or `tag`"])
            }
        }
    }

    /// Where the reference is stated, the key otherwise.
    private static func span(of image: Image) -> Span {
        image.pull?.span ?? image.repository?.span ?? image.tag?.span ?? image.name.span
    }
}
