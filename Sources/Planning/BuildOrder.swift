import Resolution
import StrategyManifest
import YAMLSyntax

/// The order in which a workspace's images are built.
///
/// A base comes before what stands on it, always. A consumer's own images come after those it consumes, unless that
/// would close a circle. Ties keep the manifest's order.
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
            Set(groups[group].flatMap { resolution.needs[$0].compactMap { groupOfImage[$0.base] } })
                .subtracting([group]).sorted()
        }
        let order = sorted(bases, soft: consumption())
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

    /// Orders groups by hard and soft edges; a soft edge inside a circle is dropped.
    private func sorted(_ hard: [[Int]], soft: [[Int]]) -> [Int] {
        let both = hard.indices.map { hard[$0] + soft[$0] }
        let component = stronglyConnectedComponents(both)
        var waiting = [Int](repeating: 0, count: hard.count)
        var dependants = [[Int]](repeating: [], count: hard.count)
        for group in hard.indices {
            let kept = Set(hard[group] + soft[group].filter { component[$0] != component[group] })
            waiting[group] = kept.count
            for base in kept { dependants[base].append(group) }
        }
        var ready = Heap(waiting.indices.filter { waiting[$0] == 0 })
        var order: [Int] = []
        while let group = ready.pop() {
            order.append(group)
            for dependant in dependants[group] {
                waiting[dependant] -= 1
                if waiting[dependant] == 0 { ready.push(dependant) }
            }
        }
        return order
    }
}

/// The smallest of some integers first.
private struct Heap {
    private var items: [Int]

    init(_ ascending: [Int]) { items = ascending }

    mutating func push(_ item: Int) {
        items.append(item)
        var child = items.count - 1
        while child > 0, items[(child - 1) / 2] > items[child] {
            items.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    mutating func pop() -> Int? {
        guard let first = items.first else { return nil }
        items[0] = items[items.count - 1]
        items.removeLast()
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < items.count && items[child] < items[least] {
                least = child
            }
            if least == parent { return first }
            items.swapAt(parent, least)
            parent = least
        }
    }
}
