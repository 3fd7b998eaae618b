import ComposeSpec
import Planning
import Resolution

extension ImageComparison {
    /// Images that went and images that came and are the same: by their new name the old one, and what shows it.
    static func renamed(_ pair: VariantPair) -> [String: (name: String, evidence: String)] {
        let (before, after) = (pair.before, pair.after)
        func names(_ plan: Plan) -> Set<String> { Set(plan.manifest.images.indices.map { plan.imageName($0) }) }
        let (old, new) = (names(before.plan), names(after.plan))
        let gone = before.plan.manifest.images.indices.filter { !new.contains(before.plan.imageName($0)) }
        let come = after.plan.manifest.images.indices.filter { !old.contains(after.plan.imageName($0)) }
        if gone.isEmpty || come.isEmpty { return [:] }
        // By what each is made from, the images that went; what two are made from shows nothing.
        var byIdentity: [Identity: [Int]] = [:]
        for image in gone {
            if let identity = Identity(image, before) { byIdentity[identity, default: []].append(image) }
        }
        var result: [String: (name: String, evidence: String)] = [:]
        var claimed: [Identity: Int] = [:]
        let identities = come.map { Identity($0, after) }
        for identity in identities { if let identity { claimed[identity, default: 0] += 1 } }
        for (image, identity) in zip(come, identities) {
            guard let identity, claimed[identity] == 1, let former = byIdentity[identity], former.count == 1 else {
                continue
            }
            result[after.plan.imageName(image)] = (before.plan.imageName(former[0]), identity.evidence)
        }
        return result
    }

    /// What an image is made from.
    private enum Identity: Hashable {
        case build(owner: String, Meaning)
        case pull(String)

        init?(_ image: Int, _ side: Side) {
            let declared = side.resolution.manifest.images[image]
            if let build = declared.build, let owner = side.resolution.owner(of: image) {
                self = .build(owner: side.plan.projectName(owner), side.reader(owner).build(build.node))
            } else if let pull = declared.pull {
                self = .pull(pull.value)
            } else {
                return nil
            }
        }

        var evidence: String {
            switch self {
            case .build(let owner, _): "the same build of \(owner)"
            case .pull: "the same reference"
            }
        }
    }
}
