import Resolution
import StrategyManifest
import YAMLSyntax

/// The order in which a workspace's images are built.
///
/// A base comes before what stands on it, always. A consumer's own images come after those it consumes, unless that
/// would close a cycle. Ties keep the manifest's order.
struct BuildOrder {
    private let resolution: Resolution
    /// The images of each distinct build, by their first image in the manifest's order.
    private var groups: [[Int]] = []
    private var groupOfImage: [Int?]

    init(_ resolution: Resolution) {
        self.resolution = resolution
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

    /// The builds in order, and for each image the place of its build.
    func planned() -> ([Build], [Int?]) {
        let bases = groups.indices.map { group in
            var bases: [Int] = []
            for image in groups[group] {
                for need in resolution.needs[image] {
                    if let base = groupOfImage[need.base], base != group { bases.append(base) }
                }
            }
            if bases.count > 1 { bases = Set(bases).sorted() }
            return bases
        }
        let order = stableOrder(bases, soft: consumption())
        var position = [Int](repeating: 0, count: groups.count)
        for (place, group) in order.enumerated() { position[group] = place }
        var builds: [Build] = []
        builds.reserveCapacity(order.count)
        for group in order {
            let image = groups[group][0]
            guard let build = resolution.manifest.images[image].build, let owner = resolution.owner(of: image) else {
                continue
            }
            let before = bases[group].map { position[$0] }.sorted()
            builds.append(
                Build(
                    images: groups[group], owner: owner, build: build, bases: before,
                    stage: 1 + (before.map { builds[$0].stage }.max() ?? 0)))
        }
        return (builds, groupOfImage.map { $0.map { position[$0] } })
    }

    /// For each group the groups that its owner consumes from other projects.
    private func consumption() -> [[Int]] {
        let manifest = resolution.manifest
        var consumed = [Set<Int>](repeating: [], count: manifest.projects.count)
        for resolved in resolution.variants[resolution.home].projects {
            func add(_ image: Int) {
                guard let group = groupOfImage[image], resolution.owner(of: image) != resolved.project else { return }
                consumed[resolved.project].insert(group)
            }
            for service in resolved.services {
                if let image = service.image { add(image) }
                for image in service.mountedImages { add(image) }
            }
        }
        return groups.indices.map { group in
            guard let owner = resolution.owner(of: groups[group][0]) else { return [] }
            return consumed[owner].sorted()
        }
    }
}
