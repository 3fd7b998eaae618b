import Resolution
import StrategyManifest
import YAMLSyntax

/// The order in which a workspace's images are built.
///
/// A base comes before what stands on it, always. A consumer's own images come after those it consumes, unless that
/// would close a cycle. Ties keep the manifest's order.
struct BuildOrder {
    private let resolution: Resolution
    private let groups: [[Int]]
    private let groupOfImage: [Int?]

    init(_ resolution: Resolution, _ groups: BuildGroups) {
        self.resolution = resolution
        self.groups = groups.groups
        groupOfImage = groups.groupOfImage
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
