import StrategyManifest
import YAMLSyntax

/// Where the entries of images, projects and services stand in a manifest, those of the map's environment included.
struct MapEntryPlaces {
    enum Thing { case image(Int), project(Int), container(Int) }

    private struct Entry {
        let start: UInt32
        let end: UInt32
        let thing: Thing
    }

    private let tree: Tree
    /// The entries of images and projects; none holds another.
    private var outer: [Entry] = []
    /// The entries of services.
    private var inner: [Entry] = []

    init(_ map: WorkspaceMap, _ manifest: Manifest) {
        tree = manifest.tree
        let images = Self.places(map.images.indices) { map.images[$0].name }
        let projects = Self.places(map.projects.indices) { map.projects[$0].name }
        add(tree.root, map, images, projects)
        if let environments = tree.value("environments", in: tree.root) {
            for entry in tree.entries(environments) where tree.text(entry.key) == map.environment {
                add(entry.value, map, images, projects)
            }
        }
        outer.sort { $0.start < $1.start }
        inner.sort { $0.start < $1.start }
    }

    private static func places(_ indices: Range<Int>, _ name: (Int) -> String) -> [String: Int] {
        Dictionary(indices.map { (name($0), $0) }, uniquingKeysWith: { first, _ in first })
    }

    private mutating func add(
        _ section: NodeID, _ map: WorkspaceMap, _ images: [String: Int], _ projects: [String: Int]
    ) {
        if let node = tree.value("images", in: section) {
            for entry in tree.entries(node) {
                if let index = images[tree.text(entry.key)] { outer.append(self.entry(entry, .image(index))) }
            }
        }
        guard let node = tree.value("projects", in: section) else { return }
        for entry in tree.entries(node) {
            guard let index = projects[tree.text(entry.key)] else { continue }
            outer.append(self.entry(entry, .project(index)))
            guard let services = tree.value("services", in: entry.value) else { continue }
            let containers = Self.places(map.projects[index].containers) { map.containers[$0].service }
            for service in tree.entries(services) {
                guard let container = containers[tree.text(service.key)] else { continue }
                inner.append(self.entry(service, .container(container)))
            }
        }
    }

    private func entry(_ entry: (key: NodeID, value: NodeID), _ thing: Thing) -> Entry {
        let (key, value) = (tree[entry.key].span, tree[entry.value].span)
        return Entry(start: key.start, end: max(key.end, value.end), thing: thing)
    }

    /// The innermost thing in whose entry a byte stands.
    func thing(at offset: UInt32) -> Thing? { Self.thing(at: offset, inner) ?? Self.thing(at: offset, outer) }

    private static func thing(at offset: UInt32, _ entries: [Entry]) -> Thing? {
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].start <= offset { low = middle + 1 } else { high = middle }
        }
        guard low > 0, offset <= entries[low - 1].end else { return nil }
        return entries[low - 1].thing
    }
}
