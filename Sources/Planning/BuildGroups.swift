import Resolution

/// Which images one build makes: those whose builds are identical.
struct BuildGroups: Sendable {
    /// The images of each distinct build, by their first image in the manifest's order.
    private(set) var groups: [[Int]] = []
    /// For each image the place of its build in `groups`; nil for one that is pulled.
    private(set) var groupOfImage: [Int?]

    /// The groups of the builds that a resolution is seen with.
    init(_ resolution: Resolution) {
        let images = resolution.manifest.images
        groupOfImage = Array(repeating: nil, count: images.count)
        // By the hash of an identity, those that have it.
        var known: [Int: [(identity: [UInt8], group: Int)]] = [:]
        for index in images.indices {
            guard let build = images[index].build, let owner = resolution.owner(of: index) else { continue }
            let identity = BuildIdentity.bytes(of: build, image: index, owner: owner, resolution)
            var hasher = Hasher()
            identity.withUnsafeBytes { hasher.combine(bytes: $0) }
            let hash = hasher.finalize()
            if let group = known[hash]?.first(where: { $0.identity == identity })?.group {
                groups[group].append(index)
                groupOfImage[index] = group
            } else {
                known[hash, default: []].append((identity, groups.count))
                groupOfImage[index] = groups.count
                groups.append([index])
            }
        }
    }
}
