import ComposeSpec
import Diagnostics
import SourceText
import StrategyManifest

/// BP306: one build that two owners state.
///
/// Images of one owner with the same build are built once and carry several tags, and are no finding; those of two owners
/// are built twice.
enum IdenticalBuilds: Rule {
    static let code = Code.identicalBuilds
    static let finds = "Images of different owners that are built in the same way from the same folder."
    static let matters = "Each owner builds it anew; under one owner the build runs once and its image gets both names."

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
            let file = if case .file(let path) = place.recipe { path } else { [String]() }
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
        var first = builds[0]
        for build in builds.dropFirst() {
            if first.key != build.key {
                first = build
            } else if context.resolution.owner(of: first.image) != context.resolution.owner(of: build.image) {
                report(build.image, first.image, &context)
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
}
