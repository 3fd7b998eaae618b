import ComposeSpec
import Diagnostics
import Inspection
import SourceText
import StrategyManifest

/// BP306: one build that two owners state.
///
/// Images of one owner with the same build are built once and carry several tags, and are no finding; those of two owners
/// are built twice.
enum IdenticalBuilds: Rule {
    static let code = Code.identicalBuilds
    static let summary = "Images of different owners that are built in the same way from the same folder."
    static let rationale =
        "Each owner builds it anew; under one owner the build runs once and its image gets both names."

    static func check(_ context: inout RuleContext) {
        let resolution = context.resolution
        let places = context.buildPlaces
        var builds: [(place: [UInt8], image: Int, hasFile: Bool)] = []
        for (index, image) in context.manifest.images.enumerated() {
            guard image.isBuilt, resolution.owner(of: index) != nil,
                let place = places.map({ $0[index] })
                    ?? BuildPlace(of: index, resolution, context.options.folderInRoot),
                case .folder(let folder) = place.context
            else { continue }
            let file = if case .file(let path) = place.dockerfileLocation { path } else { [String]() }
            let text = folder.joined(separator: "/") + "\0" + file.joined(separator: "/")
            builds.append((Array(text.utf8), index, hasFile: !file.isEmpty))
        }
        // Those of one place become neighbours, the first of the manifest before the others.
        builds.sort { $0.place == $1.place ? $0.image < $1.image : $0.place.lexicographicallyPrecedes($1.place) }
        var rest = builds[...]
        while let first = rest.first {
            let images = rest.prefix { $0.place == first.place }.map(\.image)
            rest = rest.dropFirst(images.count)
            // Most builds are alone at their place, and their keys are not looked at.
            if images.count > 1 {
                compare(images, besides: first.hasFile ? ["context", "dockerfile"] : ["context"], &context)
            }
        }
    }

    /// Reports the builds of one place that another owner states before.
    ///
    /// - Parameter place: the keys that state the place, and are not compared.
    private static func compare(_ images: [Int], besides place: [String], _ context: inout RuleContext) {
        var builds = images.map {
            (key: context.manifest.images[$0].build?.spelling(leavingOut: place, of: context.tree) ?? [], image: $0)
        }
        builds.sort { $0.key == $1.key ? $0.image < $1.image : $0.key.lexicographicallyPrecedes($1.key) }
        var rest = builds[...]
        while let first = rest.first {
            let same = rest.prefix { $0.key == first.key }.map(\.image)
            rest = rest.dropFirst(same.count)
            // Of each owner the first one, which builds the others with it.
            var owners: Set<Int> = []
            let images = same.filter { image in
                context.resolution.owner(of: image).map { owners.insert($0).inserted } ?? false
            }
            if images.count > 1 { report(images, &context) }
        }
    }

    private static func report(_ images: [Int], _ context: inout RuleContext) {
        let manifest = context.manifest
        guard let owner = context.resolution.owner(of: images[1]) else { return }
        let names = images.map { manifest.images[$0].name }
        let count = images.count == 2 ? "two" : "\(images.count)"
        context.report(
            code,
            "\(fewOf((images.count == 2 ? names.reversed() : names).map { "`\(manifest.text($0))`" })) are the same build of \(count) owners",
            at: names[1].span, "`\(manifest.text(manifest.projects[owner].name))` builds it too",
            also: ([names[0]] + names.dropFirst(2).prefix(20)).map { context.label($0.span, "the same build") },
            why:
                "images of one owner with the same build are built once; those of \(count) owners are built \(images.count == 2 ? "twice" : "\(count) times")",
            help: [
                images.count == 2
                    ? "give both one owner, or let the services of both run one image"
                    : "give all of them one owner, or let their services run one image"
            ])
    }
}
