import Diagnostics
import SourceText
import StrategyManifest
import YAMLSyntax

/// BP306: one build that two owners state.
///
/// Images of one owner with the same build are built once and carry several tags (specification 3, "Build order"), and
/// are no finding; those of two owners are built twice.
enum IdenticalBuilds: Rule {
    static let code = Code.identicalBuilds
    static let finds = "Images of different owners that are built in the same way from the same folder."
    static let matters = "Each owner builds it anew; under one owner the build runs once and its image gets both names."

    static func check(_ context: inout RuleContext) {
        let resolution = context.resolution
        let places = context.buildPlaces
        var builds: [(key: [UInt8], image: Int)] = []
        for (index, image) in context.manifest.images.enumerated() {
            guard let build = image.build, resolution.owner(of: index) != nil,
                let place = places.map({ $0[index] })
                    ?? BuildPlace(of: index, resolution, context.options.folderInRoot),
                let key = Self.key(build, place, context.tree)
            else { continue }
            builds.append((key, index))
        }
        // Equal builds become neighbours, the first of the manifest before the others.
        builds.sort { $0.key == $1.key ? $0.image < $1.image : $0.key.lexicographicallyPrecedes($1.key) }
        var first = builds.first
        for build in builds.dropFirst() {
            guard let other = first, other.key == build.key else {
                first = build
                continue
            }
            if resolution.owner(of: other.image) != resolution.owner(of: build.image) {
                report(build.image, other.image, &context)
            }
        }
    }

    private static func report(_ index: Int, _ other: Int, _ context: inout RuleContext) {
        let manifest = context.manifest
        guard let owner = context.resolution.owner(of: index) else { return }
        let (image, twin) = (manifest.images[index], manifest.images[other])
        context.report(
            code, "`\(manifest.text(image.name))` and `\(manifest.text(twin.name))` are the same build of two owners",
            at: image.name.span, "`\(manifest.text(manifest.projects[owner].name))` builds it too",
            also: [context.label(twin.name.span, "the same build")],
            why: "images of one owner with the same build are built once; those of two owners are built twice",
            help: ["give both one owner, or let the services of both run one image"])
    }

    /// A canonical spelling of the build, with its context where it lies; nil where that cannot be told.
    private static func key(_ build: NodeID, _ place: BuildPlace, _ tree: Tree) -> [UInt8]? {
        guard case .folder(let folder) = place.context else { return nil }
        var key = Array(folder.joined(separator: "/").utf8) + [0]
        if tree[build].kind == .mapping {
            for (name, value) in tree.entries(build).sorted(by: { tree.text($0.key) < tree.text($1.key) })
            where tree.text(name) != "context" && tree.text(name) != "dockerfile" {
                key += tree.bytes(name) + [0]
                append(value, tree, to: &key, depth: 0)
            }
        }
        if case .file(let path) = place.recipe { key += path.joined(separator: "/").utf8 }
        return key
    }

    private static func append(_ id: NodeID, _ tree: Tree, to key: inout [UInt8], depth: Int) {
        switch tree[id].kind {
        case .scalar: key.append(UInt8(ascii: "s"))
        case .sequence: key.append(UInt8(ascii: "q"))
        case .mapping: key.append(UInt8(ascii: "m"))
        }
        key += String(tree[id].count).utf8
        key.append(UInt8(ascii: ":"))
        key += tree.bytes(id)
        // No build that Compose takes is deeper; a deeper one is told elsewhere.
        guard depth < 8 else { return }
        for item in tree.items(id) { append(item, tree, to: &key, depth: depth + 1) }
        for (name, value) in tree.entries(id) {
            append(name, tree, to: &key, depth: depth + 1)
            append(value, tree, to: &key, depth: depth + 1)
        }
    }
}
