import ComposeSpec
import Diagnostics
import Planning
import SourceText
import StrategyManifest
import YAMLSyntax

/// What pinning does with a manifest: its edits, and what becomes of each image.
package struct Pinning {
    package enum Outcome: Equatable, Sendable {
        case pinned
        /// The manifest says this digest already.
        case same
        /// Its reference holds a variable, which a digest would hold still.
        case variable(String)
        /// The manifest has come to another reference since the registry was asked.
        case otherReference(String)
        /// The manifest's spelling leaves a doubt where the digest would stand.
        case unclear
    }

    package private(set) var outcomes: [(request: PinRequest, outcome: Outcome)] = []
    /// Ascending, none over another.
    package private(set) var edits: [Fix.Edit] = []

    /// - Parameters:
    ///   - plan: the manifest's, as development builds it.
    ///   - variant: that of the environment in whose `images` the digests are to stand; development's for `pull`.
    ///   - images: for each request, the index of the image that it names.
    package init(_ requests: [PinRequest], of images: [Int], in plan: Plan, variant: Int) {
        let environment = plan.variants[variant].environment
        let overrides =
            plan.resolution.variants[variant].environment.map { plan.manifest.environments[$0].images } ?? []
        var overrideOf: [Symbol: Environment.ImageOverride] = [:]
        for override in overrides { overrideOf[override.name.symbol] = override }
        var added: [(key: String, value: WrittenValue)] = []
        var addedRequests: [Int] = []
        for (request, image) in zip(requests, images) {
            var reference = plan.resolution.variants[variant].references[image]
            let digest = reference.digest
            reference.digest = nil
            var outcome = Outcome.pinned
            if reference.hasVariables || digest.map(ImageReference.hasVariable) ?? false {
                outcome = .variable(plan.resolution.variants[variant].references[image].text)
            } else if !Self.isSame(reference, request.reference) {
                outcome = .otherReference(reference.text)
            } else if digest == request.digest {
                outcome = .same
            } else if let environment {
                let name = plan.imageName(image)
                if let override = overrideOf[plan.manifest.images[image].name.symbol] {
                    let edit =
                        if let stated = override.digest {
                            plan.tree.replacing(stated.value, at: stated.span, with: request.digest)
                        } else {
                            plan.tree.setting(
                                ["environments", environment, "images", name, "digest"], to: .text(request.digest))
                        }
                    if let edit { edits.append(edit) } else { outcome = .unclear }
                } else {
                    added.append((name, .mapping([("digest", .text(request.digest))])))
                    addedRequests.append(outcomes.count)
                }
            } else if let pull = plan.manifest.images[image].pull {
                let text = reference.text + "@" + request.digest
                if let edit = plan.tree.replacing(pull.value, at: pull.span, with: text) {
                    edits.append(edit)
                } else {
                    outcome = .unclear
                }
            }
            outcomes.append((request, outcome))
        }
        if !added.isEmpty, let environment {
            if let edit = plan.tree.setting(["environments", environment, "images"], to: .mapping(added)) {
                edits.append(edit)
            } else {
                for index in addedRequests { outcomes[index].outcome = .unclear }
            }
        }
        edits.sort { $0.span.start < $1.span.start }
    }

    /// Whether Docker takes one reference for the other. An environment's registry may hold a part of the path.
    private static func isSame(_ reference: ImageReference, _ other: ImageReference) -> Bool {
        guard case .success(let parsed) = ImageReference.parse(reference.text) else { return false }
        return parsed.normalized == other.normalized
    }

    /// The images whose references in some variant are not those that pinning is to lead to: what an anchor shares changes in
    /// other places too.
    ///
    /// - Parameter pinned: the plan of the changed manifest.
    package func surprises(of plan: Plan, pinned: Plan, images: [Int], variant home: Int) -> [String] {
        var expected = plan.resolution.variants.map { $0.references.map(\.text) }
        for index in plan.variants.indices {
            guard home == 0 || index == home else { continue }
            // An environment that states a tag or a digest of its own keeps that.
            var keeps: Set<Symbol> = []
            if home == 0, let own = plan.resolution.variants[index].environment {
                for override in plan.manifest.environments[own].images
                where override.tag != nil || override.digest != nil {
                    keeps.insert(override.name.symbol)
                }
            }
            for ((request, outcome), image) in zip(outcomes, images)
            where outcome == .pinned && !keeps.contains(plan.manifest.images[image].name.symbol) {
                var reference = plan.resolution.variants[index].references[image]
                reference.digest = request.digest
                expected[index][image] = reference.text
            }
        }
        let found = pinned.resolution.variants.map { $0.references.map(\.text) }
        guard found.count == expected.count else { return plan.manifest.images.indices.map { plan.imageName($0) } }
        return plan.manifest.images.indices.filter { image in
            expected.indices.contains { !found[$0].indices.contains(image) || found[$0][image] != expected[$0][image] }
        }.map { plan.imageName($0) }
    }
}
